import type { Column } from './data-table.tsx';

export interface StackedColumn<Row> extends Column<Row> {
  /** Whether its cell says nothing that is worth a line of its own. */
  isNothing?: (row: Row) => boolean;
}

/**
 * The columns for a window that is too narrow for all: those that say what a row is called, one more,
 * and `beside` it. What the others say stands below that one, each with its title.
 */
export function stacked<Row>(
  columns: readonly StackedColumn<Row>[],
  into: string,
  beside: readonly string[] = [],
): Column<Row>[] {
  const stays = ({ key, isHeader }: Column<Row>) =>
    isHeader === true || key === into || beside.includes(key);
  const below = columns.filter((column) => !stays(column));
  return columns.filter(stays).map((column) => {
    const { align, ...rest } = column;
    return column.key === into
      ? {
          ...rest,
          className: `${column.className ?? ''} table-stack`,
          render: (row) => (
            <>
              {column.render(row)}
              <Below columns={below.filter(({ isNothing }) => !isNothing?.(row))} row={row} />
            </>
          ),
        }
      : column;
  });
}

function Below<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return columns.length === 0 ? null : (
    <dl>
      {columns.map(({ key, title, render }) => (
        <div key={key}>
          <dt>{title}</dt>
          <dd>{render(row)}</dd>
        </div>
      ))}
    </dl>
  );
}
