import { type Column, DataTable } from '../../console/data-table.tsx';

/** A list whose order the address says. */
export function SortedTable<Row extends { id: string }, Sort extends string>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  isBusy: boolean;
  search: { sort: Sort; descending: boolean };
  /** Of what the most, or the latest, is asked for first. */
  descendingFirst: readonly Sort[];
  update: (patch: { sort: Sort; descending: boolean }) => void;
}) {
  const { sort, descending } = props.search;
  return (
    <div className="table-frame" aria-busy={props.isBusy}>
      <DataTable<Row>
        label={props.label}
        columns={props.columns}
        rows={props.rows}
        keyOf={({ id }) => id}
        sorting={{
          key: sort,
          descending,
          onSort: (key) =>
            props.update({
              sort: key as Sort,
              descending: key === sort ? !descending : props.descendingFirst.includes(key as Sort),
            }),
        }}
      />
    </div>
  );
}
