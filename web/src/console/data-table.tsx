import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { memo, type ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  className?: string;
  align?: 'right';
  /** The cells of this column say what their rows are called. */
  isHeader?: boolean;
  isSortable?: boolean;
  /** Its title is only for screen readers, such as that of a column of buttons. */
  isTitleHidden?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  sorting?: { key: string | undefined; descending: boolean; onSort: (key: string) => void };
  /** A first column, such as one of checkboxes. */
  leading?: { head: ReactNode; cell: (row: Row, isChosen: boolean) => ReactNode };
  isChosen?: (row: Row) => boolean;
}

/** A table as HTML has it. What sorts, filters and pages is the server. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, leading } = props;
  return (
    <table className="table" aria-label={props.label}>
      <thead>
        <tr>
          {leading && <td className="table-leading">{leading.head}</td>}
          {columns.map((column) => (
            <Head key={column.key} column={column} sorting={props.sorting} />
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <Line
            key={props.keyOf(row)}
            row={row}
            columns={columns}
            leading={leading?.cell}
            isChosen={props.isChosen?.(row) ?? false}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  leading: ((row: Row, isChosen: boolean) => ReactNode) | undefined;
  isChosen: boolean;
}

// Choosing one row renders no other. `memo` forgets that its component is generic.
const Line = memo(function Line<Row>({ row, columns, leading, isChosen }: LineProps<Row>) {
  return (
    <tr className={isChosen ? 'table-chosen' : undefined}>
      {leading && <td className="table-leading">{leading(row, isChosen)}</td>}
      {columns.map((column) => (
        <Cell key={column.key} column={column} row={row} />
      ))}
    </tr>
  );
}) as <Row>(props: LineProps<Row>) => ReactNode;

function classOf<Row>({ className = '', align }: Column<Row>): string {
  return align === 'right' ? `${className} table-right` : className;
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.render(row);
  return column.isHeader ? (
    <th scope="row" className={classOf(column)}>
      {content}
    </th>
  ) : (
    <td className={classOf(column)}>{content}</td>
  );
}

function Head<Row>({ column, sorting }: { column: Column<Row>; sorting: Props<Row>['sorting'] }) {
  const { key, title, isSortable, isTitleHidden } = column;
  if (!sorting || !isSortable) {
    return (
      <th scope="col" className={classOf(column)}>
        {isTitleHidden ? <span className="hidden">{title}</span> : title}
      </th>
    );
  }
  const isSorted = sorting.key === key;
  const Arrow = sorting.descending ? CaretDownFilled : CaretUpFilled;
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className="table-sort" onClick={() => sorting.onSort(key)}>
        {title}
        <span aria-hidden className={isSorted ? 'table-arrow' : 'table-arrow table-arrow-off'}>
          {isSorted ? <Arrow /> : <CaretUpFilled aria-hidden />}
        </span>
      </button>
    </th>
  );
}

/** Around a table that may be wider than its place: who has no mouse can scroll it too. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
