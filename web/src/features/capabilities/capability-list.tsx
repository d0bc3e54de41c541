import { MoreOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Empty, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { countPages } from '../../console/address.ts';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { CursorPager } from '../../console/cursor-pager.tsx';
import type { Column } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { UndoBar, useNotices } from '../../console/forms/undo.tsx';
import { useSeen } from '../../console/forms/use-seen.ts';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { SearchField } from '../../console/search-field.tsx';
import { useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { readFragment } from '../../gql/index.ts';
import { DeleteDialog } from '../catalogue/delete-dialog.tsx';
import { ModelsLink } from '../catalogue/models-link.tsx';
import { SortedTable } from '../catalogue/sorted-table.tsx';
import { Waiting } from '../catalogue/waiting.tsx';
import type { Address } from './capabilities-page.tsx';
import { CapabilityForm } from './capability-form.tsx';
import { CapabilitiesDocument, CapabilityFragment, type CapabilityRow } from './documents.ts';
import { latestCapability } from './latest.ts';
import { CAPABILITIES_ON_A_PAGE, type CapabilitySort, DOMAINS, listOf } from './search.ts';
import { type CapabilityDeed, type CapabilityDeeds, useCapabilityDeeds } from './use-deeds.ts';

/** How many models have which capability, by name. */
type Having = ReadonlyMap<string, number>;

/** The capabilities themselves, made and looked after here. */
export function CapabilityList({ search, update }: Address) {
  const { t } = useTranslation();
  const { mayWrite } = useSession();
  const variables = useMemo(() => listOf(search), [search]);
  const [{ data, error, fetching }, execute] = useQuery({
    query: CapabilitiesDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const refresh = () => execute({ requestPolicy: 'network-only' });
  const notices = useNotices(refresh);
  const deeds = useCapabilityDeeds(refresh, notices.tell);
  const list = data?.capabilities;
  const facets = data?.models.facets.capabilities;
  const having = useMemo(
    (): Having => new Map(facets?.map(({ value, count }) => [value, count])),
    [facets],
  );
  const isPlain = !search.q && !search.domain;

  return (
    <>
      <Tools
        search={search}
        update={update}
        total={list?.totalCount}
        href={graphiqlLink(CapabilitiesDocument, variables)}
        {...(mayWrite ? { onNew: () => deeds.start('new') } : {})}
      />
      {!list && (
        <Waiting
          error={error}
          retry={refresh}
          toFirstPage={search.after || search.before ? () => update({}) : undefined}
        />
      )}
      {list?.nodes.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(isPlain ? 'capabilities.none' : 'capabilities.noneSuch')}
        >
          {!isPlain && (
            <Button onClick={() => update({ q: '', domain: undefined })}>
              {t('models.filters.clear')}
            </Button>
          )}
        </Empty>
      )}
      {list && list.nodes.length > 0 && (
        <Table
          rows={list.nodes.map((node) => readFragment(CapabilityFragment, node))}
          having={having}
          isBusy={fetching}
          search={search}
          update={update}
          deeds={mayWrite ? deeds : undefined}
        />
      )}
      {list && (
        <CursorPager
          place={search}
          pageInfo={list.pageInfo}
          pages={countPages(list.totalCount, CAPABILITIES_ON_A_PAGE)}
          go={update}
        />
      )}
      <WhyReadOnly />
      {mayWrite && <Dialogs deeds={deeds} having={having} />}
      <UndoBar notices={notices} />
    </>
  );
}

function Tools(props: Address & { total: number | undefined; href: string; onNew?: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search, update, total } = props;
  return (
    <div className="views-tools">
      <SearchField
        label={t('suppliers.search')}
        value={search.q}
        onChange={(q, { replace }) => update({ q }, replace)}
      />
      <Select<(typeof DOMAINS)[number] | ''>
        className="matrix-select"
        aria-label={t('capabilities.fields.domain')}
        options={[
          { value: '', label: t('capabilities.anyDomain') },
          ...DOMAINS.map((value) => ({ value, label: t(`capabilities.domains.${value}`) })),
        ]}
        value={search.domain ?? ''}
        onChange={(domain) => update({ domain: domain || undefined })}
      />
      <Checkbox
        checked={search.deleted}
        onChange={({ target }) => update({ deleted: target.checked })}
      >
        {t('catalogueViews.showDeleted')}
      </Checkbox>
      {props.onNew && (
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={props.onNew}>
          {t('capabilities.new')}
        </Button>
      )}
      <ShowQuery href={props.href} />
      <span className="muted" role="status">
        {total !== undefined &&
          t('capabilities.count', { count: total, shown: format.number(total) })}
      </span>
    </div>
  );
}

function Table(
  props: Address & {
    rows: readonly CapabilityRow[];
    having: Having;
    isBusy: boolean;
    deeds: CapabilityDeeds | undefined;
  },
) {
  const { t } = useTranslation();
  const { having, deeds, ...shown } = props;
  const columns = useColumns(having, deeds);
  return (
    <SortedTable<CapabilityRow, CapabilitySort>
      {...shown}
      label={t('views.capabilities')}
      columns={columns}
      descendingFirst={['updated']}
    />
  );
}

function useColumns(having: Having, deeds: CapabilityDeeds | undefined): Column<CapabilityRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<CapabilityRow>[] = [
    {
      key: 'name',
      title: t('capabilities.columnTitles.capability'),
      isHeader: true,
      isSortable: true,
      render: (row) => <Name row={row} />,
    },
    {
      key: 'domain',
      title: t('capabilities.fields.domain'),
      className: 'wide-cell capability-domain',
      isSortable: true,
      render: ({ domain }) =>
        t(`capabilities.domains.${domain.toLowerCase() as Lowercase<typeof domain>}`),
    },
    {
      key: 'kind',
      title: t('capabilities.fields.capabilityType'),
      className: 'wide-cell',
      render: ({ capabilityType }) => <bdi className="mono">{capabilityType ?? '—'}</bdi>,
    },
    {
      key: 'types',
      title: t('capabilities.columnTitles.types'),
      className: 'wide-cell',
      render: (row) => <Types row={row} />,
    },
    {
      key: 'supported',
      title: t('capabilities.columnTitles.supported'),
      align: 'right',
      render: ({ name, displayName, deletedAt }) => {
        const totalCount = deletedAt ? 0 : (having.get(name) ?? 0);
        return (
          <ModelsLink
            count={totalCount}
            label={t('capabilities.having', {
              count: totalCount,
              shown: format.number(totalCount),
              name: displayName,
            })}
            search={{ capability: [name] }}
          />
        );
      },
    },
    {
      key: 'unsupported',
      title: t('capabilities.columnTitles.unsupported'),
      align: 'right',
      className: 'wide-cell',
      render: ({ unsupported }) => format.number(unsupported.totalCount),
    },
    {
      key: 'updated',
      title: t('models.columns.updated'),
      className: 'wide-cell',
      isSortable: true,
      render: ({ updatedAt }) => format.moment(updatedAt),
    },
  ];
  if (deeds) {
    columns.push({
      key: 'menu',
      title: t('categories.columns.actions'),
      render: (row) => <Menu row={row} deeds={deeds} />,
    });
  }
  return columns;
}

function Name({ row }: { row: CapabilityRow }) {
  const { t } = useTranslation();
  return (
    <div className={row.deletedAt ? 'capability-name capability-deleted' : 'capability-name'}>
      <bdi>{row.displayName}</bdi>
      <bdi className="muted mono">{row.name}</bdi>
      {row.description && <bdi className="muted capability-text">{row.description}</bdi>}
      <span>
        {row.deletedAt && <span className="flag flag-bad">{t('models.flags.deleted')}</span>}{' '}
        {!row.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
      </span>
    </div>
  );
}

/** What it takes and what it gives. */
function Types({ row }: { row: CapabilityRow }) {
  const { t } = useTranslation();
  const side = (types: readonly string[]) =>
    types.length === 0 ? (
      <span className="muted">{t('capabilities.unsaid')}</span>
    ) : (
      types.map((type) => (
        <bdi key={type} className="flag mono">
          {type}
        </bdi>
      ))
    );
  return (
    <span className="types">
      {side(row.inputTypes)}
      <span className="hidden">{t('capabilities.gives')}</span>
      <span aria-hidden>→</span>
      {side(row.outputTypes)}
    </span>
  );
}

function Menu({ row, deeds }: { row: CapabilityRow; deeds: CapabilityDeeds }) {
  const { t } = useTranslation();
  const items: Exclude<CapabilityDeed, 'new'>[] = row.deletedAt ? ['restore'] : ['edit', 'delete'];
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: items.map((deed) => ({
          key: deed,
          label: t(`categories.deeds.${deed}`),
          danger: deed === 'delete',
        })),
        onClick: ({ key }) => deeds.start(key as CapabilityDeed, row),
      }}
    >
      <Button
        size="small"
        type="text"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t('categories.menu', { name: row.displayName })}
      />
    </Dropdown>
  );
}

function Dialogs({ deeds, having }: { deeds: CapabilityDeeds; having: Having }) {
  const { asked } = deeds;
  if (asked?.kind === 'new' || asked?.kind === 'edit') {
    return <CapabilityForm edited={asked.row} onDone={deeds.saved} onClose={deeds.close} />;
  }
  return asked?.row ? <Deletion row={asked.row} deeds={deeds} having={having} /> : null;
}

function Deletion(props: { row: CapabilityRow; deeds: CapabilityDeeds; having: Having }) {
  const { t } = useTranslation();
  const client = useClient();
  const { row, deeds, having } = props;
  const { seen, lookAgain } = useSeen(row, () => latestCapability(client, row.id));
  const links = (having.get(seen.name) ?? 0) + seen.unsupported.totalCount;
  return (
    <DeleteDialog
      title={t('catalogueViews.deleteTitle', { name: seen.displayName })}
      cascade={links > 0 ? t('capabilities.cascade', { count: links }) : undefined}
      onDelete={(deletion) => deeds.remove(seen, deletion)}
      lookAgain={lookAgain}
      onClose={deeds.close}
    >
      <p>{t('catalogueViews.deleteRestorable')}</p>
    </DeleteDialog>
  );
}
