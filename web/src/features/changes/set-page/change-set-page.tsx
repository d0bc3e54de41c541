import '../changes.css';
import '../../object-page/object-page.css';

import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type OperationContext, useQuery } from 'urql';
import { countPages, FIRST_PAGE, type Place, pageOf } from '../../../console/address.ts';
import { CursorPager } from '../../../console/cursor-pager.tsx';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { Loading } from '../../../console/loading.tsx';
import { Section } from '../../../console/section.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { Failure, NotFound, usePageTitle } from '../../../console/states.tsx';
import type { ChangeSetPageQuery } from '../../../gql/graphql.ts';
import { readFragment } from '../../../gql/index.ts';
import { RevertButton } from '../revert-button.tsx';
import { Summary } from '../summary.tsx';
import { ChangesOfKind, Kinds } from './changes-of-kind.tsx';
import { ChangeOfSetFragment, ChangeSetDocument, ChangeSetFactsFragment } from './documents.ts';
import { ChangeSetFacts } from './facts.tsx';
import { Groups } from './groups.tsx';
import { CHANGES_AT_A_TIME, kindsOf } from './kinds.ts';
import type { ChangeSetSearch } from './search.ts';

const route = getRouteApi('/changes/$changeSetId');

type Loaded = NonNullable<ChangeSetPageQuery['changeSet']>;

/** One change set: who, when and why, and all that it changed. */
export function ChangeSetPage() {
  const { t } = useTranslation();
  const { changeSetId } = route.useParams();
  const search: ChangeSetSearch = route.useSearch();
  const navigate = route.useNavigate();
  const isNumber = /^\d{1,18}$/.test(changeSetId);
  // A place among those of a kind is none among all.
  const variables = {
    id: `ChangeSet:${changeSetId}`,
    ...pageOf(search.type ? FIRST_PAGE : search, CHANGES_AT_A_TIME),
  };
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
    const wayOut = <Link to="/changes">{t('changes.set.toAll')}</Link>;
    return <NotFound title={t('changes.set.notFound')} wayOut={wayOut} />;
  }
  if (set) {
    const go = (next: Place) => void navigate({ search: { type: search.type, ...next } });
    return (
      <Content
        set={set}
        search={search}
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
          search.page > 1 && (
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
  search: ChangeSetSearch;
  isBusy: boolean;
  href: string;
  go: (place: Place) => void;
}) {
  const { t } = useTranslation();
  const { set, search } = props;
  const number = set.id.split(':')[1] ?? '';
  const title = t('changes.set.title', { number });
  const { revertedBy, summary } = readFragment(ChangeSetFactsFragment, set);
  const kinds = kindsOf(summary);
  const chosen = kinds.find(({ type }) => type === search.type);
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
          {kinds.length > 1 && <Kinds number={number} kinds={kinds} chosen={chosen?.type} />}
          {chosen ? (
            <ChangesOfKind key={chosen.type} set={set} kind={chosen} place={search} go={props.go} />
          ) : (
            <>
              <Groups
                changes={set.changes.nodes.map((node) => readFragment(ChangeOfSetFragment, node))}
                isBusy={props.isBusy}
              />
              <CursorPager
                place={search}
                pageInfo={set.changes.pageInfo}
                pages={countPages(set.totalCount, CHANGES_AT_A_TIME)}
                go={props.go}
              />
            </>
          )}
        </Section>
        <ChangeSetFacts set={set} />
      </div>
    </div>
  );
}
