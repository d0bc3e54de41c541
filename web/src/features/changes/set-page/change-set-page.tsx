import '../changes.css';
import '../../object-page/object-page.css';

import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type OperationContext, useQuery } from 'urql';
import { countPages, FIRST_PAGE, type Place, pageOf } from '../../../console/address.ts';
import { CursorPager } from '../../../console/cursor-pager.tsx';
import { useFormat } from '../../../console/format.ts';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { Loading } from '../../../console/loading.tsx';
import { Section } from '../../../console/section.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { Failure, NotFound, usePageTitle } from '../../../console/states.tsx';
import type { ChangeSetPageQuery } from '../../../gql/graphql.ts';
import { readFragment } from '../../../gql/index.ts';
import { groupNeighbours } from '../../object-page/neighbours.ts';
import { ChangeLineFragment, ChangeLines, type Names } from '../change-lines.tsx';
import { categoryIdsOf } from '../lines.ts';
import { ObjectLink } from '../object-link.tsx';
import { RevertButton } from '../revert-button.tsx';
import { Summary } from '../summary.tsx';
import { useObjectNames } from '../use-object-names.ts';
import { type ChangeOfSet, ChangeSetDocument, ChangeSetFactsFragment } from './documents.ts';
import { ChangeSetFacts } from './facts.tsx';

const CHANGES_AT_A_TIME = 50;

const route = getRouteApi('/changes/$changeSetId');

type Loaded = NonNullable<ChangeSetPageQuery['changeSet']>;

/** One change set: who, when and why, and all that it changed. */
export function ChangeSetPage() {
  const { t } = useTranslation();
  const { changeSetId } = route.useParams();
  const place: Place = route.useSearch();
  const navigate = route.useNavigate();
  const isNumber = /^\d{1,18}$/.test(changeSetId);
  const variables = { id: `ChangeSet:${changeSetId}`, ...pageOf(place, CHANGES_AT_A_TIME) };
  const [{ data, error, operation, fetching }, execute] = useQuery({
    query: ChangeSetDocument,
    variables,
    requestPolicy: 'cache-and-network',
    pause: !isNumber,
  });
  const isOfThis = operation?.variables.id === variables.id;
  const set = isOfThis ? data?.changeSet : undefined;
  const again = (options?: Partial<OperationContext>) =>
    execute({ requestPolicy: 'network-only', ...options });

  if (!isNumber || set === null) {
    return <NotFound title={t('changes.set.notFound')} />;
  }
  if (set) {
    const go = (next: Place) => void navigate({ search: next });
    return (
      <Content
        set={set}
        place={place}
        isBusy={fetching}
        href={graphiqlLink(ChangeSetDocument, variables)}
        go={go}
      />
    );
  }
  if (error && isOfThis) {
    return (
      <Failure
        error={error}
        retry={again}
        wayOut={
          place.page > 1 && (
            <Button onClick={() => void navigate({ search: FIRST_PAGE })}>
              {t('states.firstPage')}
            </Button>
          )
        }
      />
    );
  }
  return <Loading className="page" paragraph={{ rows: 12 }} />;
}

function Content(props: {
  set: Loaded;
  place: Place;
  isBusy: boolean;
  href: string;
  go: (place: Place) => void;
}) {
  const { t } = useTranslation();
  const { set, place } = props;
  const number = set.id.split(':')[1] ?? '';
  const title = t('changes.set.title', { number });
  const { revertedBy, summary } = readFragment(ChangeSetFactsFragment, set);
  usePageTitle(title);
  return (
    <div className="page changes">
      <div className="model-top">
        <Link to="/changes">← {t('views.changes')}</Link>
        <ShowQuery href={props.href} />
      </div>
      <div className="changes-head">
        <h1>{title}</h1>
        {revertedBy && <span className="flag">{t('changes.flags.reverted')}</span>}
        <span className="changes-end">
          <RevertButton id={set.id} isReverted={revertedBy != null} />
        </span>
      </div>
      <Summary counts={summary} />
      <div className="model-columns">
        <Section
          title={t('changes.set.changes')}
          count={set.totalCount}
          empty={t('changes.set.none')}
        >
          <Groups changes={set.changes.nodes} isBusy={props.isBusy} />
          <CursorPager
            place={place}
            pageInfo={set.changes.pageInfo}
            pages={countPages(set.totalCount, CHANGES_AT_A_TIME)}
            go={props.go}
          />
        </Section>
        <ChangeSetFacts set={set} />
      </div>
    </div>
  );
}

function Groups({ changes, isBusy }: { changes: readonly ChangeOfSet[]; isBusy: boolean }) {
  const lines = changes.map((change) => readFragment(ChangeLineFragment, change));
  const categories = useObjectNames(categoryIdsOf(lines));
  const names: Names = new Map([...categories].map(([id, { name }]) => [id, name]));
  return (
    <div className="set-groups" aria-busy={isBusy}>
      {groupNeighbours(changes, ({ model }) => model?.id).map((group) => (
        <Group key={group[0].number} changes={group} names={names} />
      ))}
    </div>
  );
}

function Group({ changes, names }: { changes: [ChangeOfSet, ...ChangeOfSet[]]; names: Names }) {
  const format = useFormat();
  const { model } = changes[0];
  const lines = changes.map((change) => readFragment(ChangeLineFragment, change));
  return (
    <div className="set-group">
      {model && (
        <h3>
          <ObjectLink id={model.id}>{model.displayName ?? model.name}</ObjectLink>
          {changes.length > 1 && (
            <span className="card-count">{format.number(changes.length)}</span>
          )}
        </h3>
      )}
      <ChangeLines changes={lines} names={names} withValues />
    </div>
  );
}
