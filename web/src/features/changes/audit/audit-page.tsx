import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { FIRST_PAGE, pageOf } from '../../../console/address.ts';
import { CursorPager } from '../../../console/cursor-pager.tsx';
import { DataTable, Scroll } from '../../../console/data-table.tsx';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { Loading } from '../../../console/loading.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { Failure, usePageTitle } from '../../../console/states.tsx';
import { graphql, readFragment } from '../../../gql/index.ts';
import { ChangesHead } from '../changes-head.tsx';
import { FilterBar, Many, Tags } from '../filters.tsx';
import { type AuditEntry, AuditEntryFragment, useColumns } from './columns.tsx';
import { type AuditSearch, DEFAULT_AUDIT, ENTRIES_AT_A_TIME, OUTCOMES, whereOf } from './search.ts';

const AuditDocument = graphql(`
  query AuditLog($where: AuditWhere, $first: Int, $after: String, $last: Int, $before: String) {
    auditLog(where: $where, first: $first, after: $after, last: $last, before: $before) {
      nodes {
        id
        ...AuditLogEntry
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);

const route = getRouteApi('/changes/audit');

/** Who did what, who came in, and who was refused. */
export function AuditPage() {
  const { t } = useTranslation();
  const search: AuditSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = (patch: Partial<AuditSearch>) =>
    void navigate({ search: { ...search, ...FIRST_PAGE, ...patch } });
  const variables = useMemo(
    () => ({ where: whereOf(search), ...pageOf(search, ENTRIES_AT_A_TIME) }),
    [search],
  );
  const [{ data, error, fetching, stale }, execute] = useQuery({
    query: AuditDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  usePageTitle(t('audit.title'));
  const refresh = () => execute({ requestPolicy: 'network-only' });
  const entries = data?.auditLog.nodes.map((node) => readFragment(AuditEntryFragment, node));
  return (
    <div className="page changes">
      <ChangesHead title={t('audit.title')}>
        <Button onClick={refresh} loading={fetching || stale}>
          {t('audit.refresh')}
        </Button>
        <ShowQuery href={graphiqlLink(AuditDocument, variables)} />
      </ChangesHead>
      <p className="muted">{t('audit.intro')}</p>
      {error && !entries ? (
        <Failure
          error={error}
          retry={refresh}
          wayOut={
            search.page > 1 && <Button onClick={() => update({})}>{t('states.firstPage')}</Button>
          }
        />
      ) : (
        <>
          <Filters
            search={search}
            update={update}
            actors={distinct(entries?.map(({ actor }) => actor))}
            actions={distinct(entries?.map(({ action }) => action))}
          />
          <Entries entries={entries} />
          <CursorPager place={search} pageInfo={data?.auditLog.pageInfo} pages={null} go={update} />
        </>
      )}
    </div>
  );
}

const distinct = (values: readonly string[] | undefined) => [...new Set(values)].sort();

function Entries({ entries }: { entries: readonly AuditEntry[] | undefined }) {
  const { t } = useTranslation();
  const columns = useColumns();
  if (!entries) {
    return <Loading paragraph={{ rows: 12 }} />;
  }
  if (entries.length === 0) {
    return <p className="feed-empty muted">{t('audit.empty')}</p>;
  }
  return (
    <div className="framed">
      <Scroll label={t('audit.title')}>
        <DataTable
          label={t('audit.title')}
          columns={columns}
          rows={entries}
          keyOf={({ id }) => id}
        />
      </Scroll>
    </div>
  );
}

function Filters(props: {
  search: AuditSearch;
  update: (patch: Partial<AuditSearch>) => void;
  actors: string[];
  actions: string[];
}) {
  const { t } = useTranslation();
  const { search, update } = props;
  return (
    <FilterBar
      search={search}
      actors={props.actors}
      update={update}
      clear={() => update(DEFAULT_AUDIT)}
    >
      <Tags
        label={t('audit.action')}
        known={props.actions}
        value={search.action}
        onChange={(action) => update({ action })}
      />
      <Many
        label={t('audit.outcome')}
        options={OUTCOMES.map((value) => ({ value, label: t(`audit.outcomes.${value}`) }))}
        value={search.outcome}
        onChange={(outcome) => update({ outcome })}
      />
    </FilterBar>
  );
}
