import { Link } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { Cell, type CellDeeds } from './cell.tsx';
import type { MatrixRow } from './documents.ts';
import {
  type Capability,
  cellKey,
  isConfigured,
  type Known,
  knownOf,
  SUPPORTS,
} from './use-cells.ts';

interface Props {
  rows: readonly MatrixRow[];
  columns: readonly Capability[];
  counts: ReadonlyMap<string, number>;
  pending: ReadonlyMap<string, Known>;
  isBusy: boolean;
  /** The suppliers whose models are shown; none if all are. */
  suppliers: readonly string[];
  /** Left out for who may not change anything. */
  onSet?: (row: MatrixRow, capability: Capability, to: Known) => Promise<void>;
}

/** The keys that set a cell which has the focus. */
const KEYS: Record<string, Known> = {
  y: 'SUPPORTED',
  '+': 'SUPPORTED',
  n: 'UNSUPPORTED',
  '-': 'UNSUPPORTED',
  u: 'UNKNOWN',
  Delete: 'UNKNOWN',
  Backspace: 'UNKNOWN',
};

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -1_000],
  End: [0, 1_000],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

interface Place {
  row: number;
  column: number;
}

/** The choice that is open, and where on the screen its cell is. */
interface Asked extends Place {
  rect: DOMRect;
}

export function MatrixGrid(props: Props) {
  const { t } = useTranslation();
  const { rows, columns, onSet } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [current, setCurrent] = useState<Place>({ row: 0, column: 0 });
  const [asked, setAsked] = useState<Asked>();
  const place = {
    row: Math.min(current.row, rows.length - 1),
    column: Math.min(current.column, columns.length - 1),
  };
  const buttonAt = useCallback(
    ({ row, column }: Place) =>
      body.current?.rows[row]?.cells[column + 1]?.querySelector<HTMLElement>('button'),
    [],
  );

  const close = () => {
    if (asked) {
      buttonAt(asked)?.focus();
    }
    setAsked(undefined);
  };
  const set = (at: Place, to: Known) => {
    const [row, column] = [rows[at.row], columns[at.column]];
    if (row && column) {
      void onSet?.(row, column, to);
    }
  };
  const ask = (at: Place) => {
    const rect = buttonAt(at)?.getBoundingClientRect();
    if (rect) {
      setAsked({ ...at, rect });
    }
  };
  const onKey = (event: React.KeyboardEvent, at: Place) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const step = STEPS[event.key];
    const to = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (step) {
      const next = {
        row: Math.min(Math.max(at.row + step[0], 0), rows.length - 1),
        column: Math.min(Math.max(at.column + step[1], 0), columns.length - 1),
      };
      setCurrent(next);
      buttonAt(next)?.focus();
    } else if (to) {
      set(at, to);
    }
    if (step || to) {
      event.preventDefault();
    }
  };
  const latest = useRef({ ask, onKey });
  useLayoutEffect(() => {
    latest.current = { ask, onKey };
  });
  const deeds = useMemo(
    (): CellDeeds => ({
      ask: (row, column) => latest.current.ask({ row, column }),
      enter: (row, column) => setCurrent({ row, column }),
      press: (event, row, column) => latest.current.onKey(event, { row, column }),
    }),
    [],
  );

  return (
    <section
      className="table-frame matrix-frame"
      aria-label={t('capabilities.views.matrix')}
      aria-busy={props.isBusy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus
      tabIndex={0}
      onScroll={() => setAsked(undefined)}
    >
      <table
        className="table matrix"
        aria-label={t('views.capabilities')}
        {...(onSet ? { role: 'grid' } : {})}
      >
        <Heads {...props} />
        <tbody ref={body}>
          {rows.map((row, at) => (
            <tr key={row.id}>
              <RowHead row={row} />
              {columns.map((column, index) => {
                const key = cellKey(row, column);
                return (
                  <Cell
                    key={column.name}
                    known={props.pending.get(key) ?? knownOf(row, column.name)}
                    isPending={props.pending.has(key)}
                    isConfigured={isConfigured(row, column.name)}
                    model={row.displayName ?? row.name}
                    capability={column.displayName}
                    isCurrent={at === place.row && index === place.column}
                    isAsked={asked?.row === at && asked.column === index}
                    row={at}
                    column={index}
                    {...(onSet ? { deeds } : {})}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {asked && (
        <Choice
          rect={asked.rect}
          onChoose={(to) => {
            close();
            set(asked, to);
          }}
          onClose={close}
        />
      )}
    </section>
  );
}

/** One menu for all cells, at the one that was pressed. */
function Choice(props: { rect: DOMRect; onChoose: (to: Known) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { top, left, width, height } = props.rect;
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      onOpenChange={(isOpen) => {
        if (!isOpen) {
          props.onClose();
        }
      }}
      menu={{
        items: SUPPORTS.map((known) => ({
          key: known,
          label: (
            <>
              <span className={`known known-${known.toLowerCase()}`}>
                {t(`capabilities.known.${known}`)}
              </span>{' '}
              {t(`capabilities.meaning.${known}`)}
            </>
          ),
        })),
        onClick: ({ key }) => props.onChoose(key as Known),
      }}
    >
      <span className="matrix-anchor" style={{ top, left, width, height }} />
    </Dropdown>
  );
}

function Heads({ columns, counts, suppliers }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <thead>
      <tr>
        <th scope="col">{t('models.columns.model')}</th>
        {columns.map(({ name, displayName }) => {
          const count = counts.get(name) ?? 0;
          return (
            <th key={name} scope="col" title={name}>
              <bdi className="matrix-head">{displayName}</bdi>
              <Link
                to="/models"
                search={{ capability: [name], supplier: [...suppliers] }}
                aria-label={t('capabilities.having', {
                  count,
                  shown: format.number(count),
                  name: displayName,
                })}
              >
                {format.number(count)}
              </Link>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function RowHead({ row }: { row: MatrixRow }) {
  return (
    <th scope="row">
      <Link to="/models/$modelId" params={{ modelId: String(row.databaseId) }}>
        <bdi>{row.displayName ?? row.name}</bdi>
      </Link>
      <bdi className="muted matrix-supplier">{row.supplier.displayName ?? row.supplier.name}</bdi>
    </th>
  );
}
