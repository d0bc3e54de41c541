import '../../object-page/object-page.css';
import './model-page.css';

import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { WhyReadOnly } from '../../../console/as-of/why-read-only.tsx';
import { useFormat } from '../../../console/format.ts';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { LinkButton } from '../../../console/link-button.tsx';
import { useLive } from '../../../console/live/use-live.ts';
import { Loading } from '../../../console/loading.tsx';
import { useSession } from '../../../console/session.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { Failure, NotFound, usePageTitle } from '../../../console/states.tsx';
import { type DocumentType, graphql, readFragment } from '../../../gql/index.ts';
import { lastSearch } from '../last-search.ts';
import { Capabilities } from './capabilities.tsx';
import { ModelEditor } from './editor.tsx';
import { Extra } from './extra.tsx';
import { ModelFacts } from './facts.tsx';
import { History } from './history.tsx';
import { ModelActions, RestoreModel } from './model-actions.tsx';
import { Overview } from './overview.tsx';
import { Parameters } from './parameters.tsx';
import { PriceHistory } from './price-history/price-history.tsx';
import { Prices } from './prices.tsx';
import { Versions } from './versions.tsx';

const ModelDocument = graphql(`
  query ModelPage($id: ID!) {
    node(id: $id, deleted: INCLUDE) {
      __typename
      id
      ... on Model {
        ...ModelPageModel
      }
    }
  }
`);

const ModelPageFragment = graphql(`
  fragment ModelPageModel on Model {
    id
    databaseId
    name
    displayName
    deletedAt
    ...ModelOverview
    ...ModelFacts
    ...ModelParameters
    ...ModelCapabilities
    ...ModelPrices
    ...ModelPriceHistory
    ...ModelVersions
    ...ModelExtra
    ...ModelEditing
  }
`);

export type ModelPageModel = DocumentType<typeof ModelPageFragment>;

export function ModelPage() {
  const { t } = useTranslation();
  const { modelId } = useParams({ from: '/models/$modelId' });
  const isNumber = /^\d{1,18}$/.test(modelId);
  const variables = { id: `Model:${modelId}` };
  const [{ data, error, operation }, execute] = useQuery({
    query: ModelDocument,
    variables,
    requestPolicy: 'cache-and-network',
    pause: !isNumber,
  });
  useLive(isNumber ? { ids: [variables.id] } : undefined);
  const reload = () => execute({ requestPolicy: 'network-only' });
  // What is left of another model's page is not this one's.
  const isOfThis = operation?.variables.id === variables.id;
  const node = isOfThis ? data?.node : undefined;

  if (!isNumber || node === null) {
    return <NotFound title={t('model.notFound')} />;
  }
  if (node?.__typename === 'Model') {
    const model = readFragment(ModelPageFragment, node);
    return (
      <ModelEditor key={node.id} isLive={model.deletedAt == null} reload={reload}>
        <Loaded model={model} href={graphiqlLink(ModelDocument, variables)} />
      </ModelEditor>
    );
  }
  if (error && isOfThis) {
    return <Failure error={error} retry={reload} />;
  }
  return <Loading className="page" paragraph={{ rows: 12 }} />;
}

function Loaded({ model, href }: { model: ModelPageModel; href: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayWrite } = useSession();
  usePageTitle(model.displayName ?? model.name);
  return (
    <div className="page model">
      <div className="model-top">
        <Link to="/models" search={lastSearch.get()}>
          ← {t('model.back')}
        </Link>
        <WhyReadOnly />
        <div className="model-actions">
          <ModelActions model={model} />
          <LinkButton to="/compare" search={{ models: [String(model.databaseId)] }}>
            {t('model.compare')}
          </LinkButton>
          <ShowQuery href={href} />
        </div>
      </div>
      {model.deletedAt && (
        <Alert
          type="warning"
          showIcon
          title={t('model.deleted', { day: format.moment(model.deletedAt) })}
          action={mayWrite && <RestoreModel id={model.id} />}
        />
      )}
      <Overview model={model} />
      <div className="model-columns">
        <div className="model-main">
          <Capabilities model={model} />
          <Prices model={model} />
          <PriceHistory model={model} />
          <Parameters model={model} />
          <Versions model={model} />
          <Extra model={model} />
          <History model={model} />
        </div>
        <ModelFacts model={model} />
      </div>
    </div>
  );
}
