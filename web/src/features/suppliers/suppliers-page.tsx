import '../catalogue/catalogue.css';
import './suppliers.css';

import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Empty, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { countPages, FIRST_PAGE } from '../../console/address.ts';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { CursorPager } from '../../console/cursor-pager.tsx';
import type { Column } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { SearchField } from '../../console/search-field.tsx';
import { useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { usePageTitle } from '../../console/states.tsx';
import { readFragment } from '../../gql/index.ts';
import { ModelsLink } from '../catalogue/models-link.tsx';
import { SortedTable } from '../catalogue/sorted-table.tsx';
import { Waiting } from '../catalogue/waiting.tsx';
import { SupplierMark } from '../models/marks.tsx';
import { type SupplierRow, SupplierRowFragment, SuppliersDocument } from './documents.ts';
import {
  DEFAULT_SUPPLIERS_SEARCH,
  SUPPLIERS_ON_A_PAGE,
  type SupplierSort,
  type SuppliersSearch,
  variablesOf,
} from './search.ts';
import { SupplierForm } from './supplier-form.tsx';

const route = getRouteApi('/suppliers');

export function SuppliersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayWrite } = useSession();
  const search: SuppliersSearch = route.useSearch();
  const navigate = route.useNavigate();
  const [isNew, setNew] = useState(false);
  const update = (patch: Partial<SuppliersSearch>, replace = false) =>
    void navigate({
      search: (before) => ({ ...before, ...FIRST_PAGE, ...patch }),
      replace,
      resetScroll: false,
    });
  const variables = useMemo(() => variablesOf(search), [search]);
  const [{ data, error, fetching }, execute] = useQuery({
    query: SuppliersDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const list = data?.suppliers;
  usePageTitle(t('views.suppliers'));

  return (
    <section className="page views" aria-labelledby="suppliers-title">
      <div className="views-head">
        <h1 id="suppliers-title">{t('views.suppliers')}</h1>
        <span className="muted" role="status">
          {list &&
            t('suppliers.count', { count: list.totalCount, shown: format.number(list.totalCount) })}
        </span>
        <WhyReadOnly />
      </div>
      <div className="views-tools">
        <SearchField
          label={t('suppliers.search')}
          value={search.q}
          onChange={(q, { replace }) => update({ q }, replace)}
        />
        <Filters search={search} update={update} />
        {mayWrite && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setNew(true)}>
            {t('suppliers.new')}
          </Button>
        )}
        <ShowQuery href={graphiqlLink(SuppliersDocument, variables)} />
      </div>
      {!list && (
        <Waiting
          error={error}
          retry={() => execute({ requestPolicy: 'network-only' })}
          toFirstPage={search.after || search.before ? () => update({}) : undefined}
        />
      )}
      {list?.nodes.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(isPlain(search) ? 'suppliers.none' : 'suppliers.noneSuch')}
        >
          {!isPlain(search) && (
            <Button onClick={() => update({ ...DEFAULT_SUPPLIERS_SEARCH })}>
              {t('models.filters.clear')}
            </Button>
          )}
        </Empty>
      )}
      {list && list.nodes.length > 0 && (
        <>
          <Table
            rows={list.nodes.map((node) => readFragment(SupplierRowFragment, node))}
            isBusy={fetching}
            search={search}
            update={update}
          />
          <CursorPager
            place={search}
            pageInfo={list.pageInfo}
            pages={countPages(list.totalCount, SUPPLIERS_ON_A_PAGE)}
            go={update}
          />
        </>
      )}
      {isNew && (
        <SupplierForm
          onDone={(_, id) => {
            setNew(false);
            if (id !== undefined) {
              void navigate({ to: '/suppliers/$supplierId', params: { supplierId: String(id) } });
            }
          }}
          onClose={() => setNew(false)}
        />
      )}
    </section>
  );
}

const isPlain = ({ q, active, deleted }: SuppliersSearch) => !q && !active && !deleted;

function Filters(props: {
  search: SuppliersSearch;
  update: (patch: Partial<SuppliersSearch>) => void;
}) {
  const { t } = useTranslation();
  const { search, update } = props;
  return (
    <>
      <Select<'any' | 'yes' | 'no'>
        className="views-select"
        aria-label={t('models.filters.active')}
        options={(['any', 'yes', 'no'] as const).map((value) => ({
          value,
          label: t(value === 'any' ? 'suppliers.anyUse' : `models.filters.activeChips.${value}`),
        }))}
        value={search.active ?? 'any'}
        onChange={(value) => update({ active: value === 'any' ? undefined : value })}
      />
      <Select<'exclude' | 'include' | 'only'>
        className="views-select"
        aria-label={t('suppliers.deleted')}
        options={(['exclude', 'include', 'only'] as const).map((value) => ({
          value,
          label: t(
            value === 'exclude' ? 'suppliers.notDeleted' : `models.filters.deletedChips.${value}`,
          ),
        }))}
        value={search.deleted ?? 'exclude'}
        onChange={(value) => update({ deleted: value === 'exclude' ? undefined : value })}
      />
    </>
  );
}

function Table(props: {
  rows: readonly SupplierRow[];
  isBusy: boolean;
  search: SuppliersSearch;
  update: (patch: Partial<SuppliersSearch>) => void;
}) {
  const { t } = useTranslation();
  const columns = useColumns();
  return (
    <SortedTable<SupplierRow, SupplierSort>
      {...props}
      label={t('views.suppliers')}
      columns={columns}
      descendingFirst={['models', 'updated']}
    />
  );
}

function useColumns(): Column<SupplierRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('suppliers.columns.supplier'),
        isHeader: true,
        isSortable: true,
        className: 'suppliers-name',
        render: (row) => <Name row={row} />,
      },
      {
        key: 'category',
        title: t('suppliers.fields.category'),
        className: 'wide-cell',
        render: ({ category }) => <bdi className="mono">{category ?? '—'}</bdi>,
      },
      {
        key: 'adapter',
        title: t('suppliers.fields.adapter'),
        className: 'wide-cell',
        render: ({ adapter }) => <bdi className="mono">{adapter ?? '—'}</bdi>,
      },
      {
        key: 'models',
        title: t('models.title'),
        align: 'right',
        isSortable: true,
        render: ({ name, models: { totalCount } }) => (
          <ModelsLink
            count={totalCount}
            label={t('models.count', { count: totalCount, shown: format.number(totalCount) })}
            search={{ supplier: [name] }}
          />
        ),
      },
      {
        key: 'updated',
        title: t('models.columns.updated'),
        className: 'wide-cell',
        isSortable: true,
        render: ({ updatedAt }) => format.moment(updatedAt),
      },
    ],
    [t, format],
  );
}

function Name({ row }: { row: SupplierRow }) {
  const { t } = useTranslation();
  const name = row.displayName ?? row.name;
  return (
    <div className="supplier-line">
      <SupplierMark name={name} />
      <div className="supplier-names">
        <Link
          to="/suppliers/$supplierId"
          params={{ supplierId: String(row.databaseId) }}
          className={row.deletedAt ? 'supplier-deleted' : undefined}
        >
          <bdi>{name}</bdi>
        </Link>
        <bdi className="muted mono">{row.name}</bdi>
      </div>
      {row.deletedAt && <span className="flag flag-bad">{t('models.flags.deleted')}</span>}
      {!row.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
    </div>
  );
}
