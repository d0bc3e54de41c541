import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Column } from '../../console/data-table.tsx';
import type { Format } from '../../console/format.ts';
import { LifecycleStage, ModelType } from '../../gql/graphql.ts';
import type { ModelRow } from './documents.ts';
import { lastOpened, linkId } from './last-place.ts';
import { StageMark, SupplierMark } from './marks.tsx';
import type { Sort } from './search.ts';
import { contextOf, maxOutputOf, supportedBy } from './values.ts';

export const COLUMNS = [
  'model',
  'supplier',
  'type',
  'stage',
  'active',
  'context',
  'maxOutput',
  'input',
  'output',
  'released',
  'cutoff',
  'updated',
  'capabilities',
] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const SHOWN_AT_FIRST: readonly ColumnName[] = [
  'model',
  'supplier',
  'type',
  'stage',
  'context',
  'input',
  'output',
  'capabilities',
];

/** What sorting by each column is called in the address; the others can't be sorted by. */
export const SORT_OF: Partial<Record<ColumnName, Sort>> = {
  model: 'name',
  supplier: 'supplier',
  type: 'type',
  context: 'context',
  input: 'input',
  output: 'output',
  released: 'released',
  cutoff: 'cutoff',
  updated: 'updated',
};

const CAPABILITIES_SHOWN = 2;

/** How a column shows a row; what it is called is the table's to say. */
export type Look = Pick<Column<ModelRow>, 'render' | 'className' | 'align' | 'isHeader'>;

/** How each column shows a row. */
export function createColumns(t: TFunction, format: Format): Record<ColumnName, Look> {
  // To look a text up takes longer than to show it, and there are hundreds on a page.
  const unknown = <Unknown text={t('models.unknown')} />;
  const stages = Object.values(LifecycleStage).map((stage) => [stage, t(`stages.${lower(stage)}`)]);
  const stageNames = Object.fromEntries(stages) as Record<LifecycleStage, string>;
  const types = Object.values(ModelType).map((type) => [type, t(`types.${lower(type)}`)]);
  const typeNames = Object.fromEntries(types) as Record<ModelType, string>;
  const [yes, no] = [t('models.yes'), t('models.no')];
  const day = (value: string | null | undefined) => (value ? format.day(value) : unknown);
  const price = (row: ModelRow, which: 'inputPrice' | 'outputPrice') => {
    const found = row[which];
    return found ? (
      <span title={`${format.money(found.amount, found.currency)} / ${found.unit}`}>
        {format.price(found.amount, found.currency)}
      </span>
    ) : (
      unknown
    );
  };
  const tokens = (value: number | undefined) =>
    value === undefined ? (
      unknown
    ) : (
      <span title={format.number(value)}>{format.tokens(value)}</span>
    );
  return {
    model: { className: 'column-model', isHeader: true, render: (row) => <Name row={row} t={t} /> },
    supplier: { className: 'column-supplier', render: (row) => <Supplier row={row} /> },
    type: {
      className: 'column-type',
      render: (row) => <Type row={row} name={typeNames[row.modelType]} />,
    },
    context: { align: 'right', render: (row) => tokens(contextOf(row)) },
    maxOutput: { align: 'right', render: (row) => tokens(maxOutputOf(row)) },
    input: { align: 'right', render: (row) => price(row, 'inputPrice') },
    output: { align: 'right', render: (row) => price(row, 'outputPrice') },
    capabilities: {
      className: 'column-capabilities',
      render: (row) => <Capabilities row={row} unknown={unknown} />,
    },
    stage: {
      render: (row) => (
        <StageMark stage={row.lifecycleStage} text={stageNames[row.lifecycleStage]} />
      ),
    },
    active: { render: (row) => (row.isActive ? yes : no) },
    released: { render: (row) => day(row.releasedOn) },
    cutoff: { render: (row) => day(row.knowledgeCutoff) },
    updated: { render: (row) => format.moment(row.updatedAt) },
  };
}

const lower = <T extends string>(value: T) => value.toLowerCase() as Lowercase<T>;

function Unknown({ text }: { text: string }) {
  return (
    <span className="muted" title={text}>
      <span aria-hidden>–</span>
      <span className="hidden">{text}</span>
    </span>
  );
}

export function Name({ row, t }: { row: ModelRow; t: TFunction }) {
  return (
    <div className={row.deletedAt ? 'name name-deleted' : 'name'}>
      <span className="name-line">
        <Link
          id={linkId(row.databaseId)}
          to="/models/$modelId"
          params={{ modelId: String(row.databaseId) }}
          preload={false}
          onClick={() => lastOpened.set(row.databaseId)}
        >
          <bdi title={row.displayName ?? row.name}>{row.displayName ?? row.name}</bdi>
        </Link>
        {row.isDefault && <span className="flag">{t('models.flags.default')}</span>}
        {!row.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
        {row.deletedAt && <span className="flag flag-bad">{t('models.flags.deleted')}</span>}
      </span>
      {row.displayName && row.displayName !== row.name && (
        <bdi className="name-key mono" title={row.name}>
          {row.name}
        </bdi>
      )}
    </div>
  );
}

function Supplier({ row }: { row: ModelRow }) {
  const name = row.supplier.displayName ?? row.supplier.name;
  return (
    <span className="supplier">
      <SupplierMark name={name} />
      <bdi>{name}</bdi>
    </span>
  );
}

function Type({ row, name }: { row: ModelRow; name: string }) {
  return (
    <>
      {name}
      {row.subType && <span className="muted type-sub">{row.subType}</span>}
    </>
  );
}

function Capabilities({ row, unknown }: { row: ModelRow; unknown: ReactNode }) {
  const names = supportedBy(row).map(({ displayName }) => displayName);
  if (names.length === 0) {
    return unknown;
  }
  const rest = names.slice(CAPABILITIES_SHOWN);
  return (
    <span className="abilities">
      {names.slice(0, CAPABILITIES_SHOWN).map((name) => (
        <span key={name} className="ability" title={name}>
          {name}
        </span>
      ))}
      {rest.length > 0 && (
        <span className="muted" title={rest.join(', ')}>
          +{rest.length}
          <span className="hidden">: {rest.join(', ')}</span>
        </span>
      )}
    </span>
  );
}
