import { useCallback, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { pageOf } from '../../console/address.ts';
import { useLive } from '../../console/live/use-live.ts';
import { readFragment } from '../../gql/index.ts';
import { type ChangeSetRow, ChangeSetRowFragment, ChangeSetsDocument } from './documents.ts';
import { type ChangesSearch, SETS_AT_A_TIME, whereOf } from './search.ts';
import { type Steady, steady } from './steady.ts';

/** The page that the address says. The first one grows at its top while it is open, but not under who reads it. */
export function useChangeSets(search: ChangesSearch, isHeld: boolean) {
  const variables = useMemo(
    () => ({ where: whereOf(search), ...pageOf(search, SETS_AT_A_TIME) }),
    [search],
  );
  const key = JSON.stringify(variables);
  const [{ data, error, fetching, operation }, execute] = useQuery({
    query: ChangeSetsDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  useLive(search.object ? { ids: [search.object] } : {}, { refresh });

  // What is left of another page is not this one's.
  const isOfThis = operation !== undefined && JSON.stringify(operation.variables) === key;
  const connection = isOfThis ? data?.changeSets : undefined;
  const latest = useMemo(
    () => connection?.nodes.map((node) => readFragment(ChangeSetRowFragment, node)),
    [connection],
  );
  const shown = useSteady(latest, key, isHeld);
  return { ...shown, pageInfo: connection?.pageInfo, variables, error, fetching, refresh };
}

interface Seen extends Steady<ChangeSetRow> {
  key: string;
  latest: readonly ChangeSetRow[] | undefined;
  isHeld: boolean;
  /** What came while it was looked at. */
  fresh: ReadonlySet<string>;
}

const nothing = new Set<string>();

function useSteady(latest: readonly ChangeSetRow[] | undefined, key: string, isHeld: boolean) {
  const [seen, setSeen] = useState<Seen>();
  if (latest && (seen?.key !== key || seen.latest !== latest || seen.isHeld !== isHeld)) {
    const before = seen?.key === key ? seen : undefined;
    const next = steady(before?.rows, latest, isHeld);
    const known = new Set(before?.rows.map(({ id }) => id));
    const added = before ? next.rows.filter(({ id }) => !known.has(id)).map(({ id }) => id) : [];
    const fresh = added.length > 0 ? new Set([...(before?.fresh ?? []), ...added]) : before?.fresh;
    setSeen({ ...next, key, latest, isHeld, fresh: fresh ?? nothing });
  }
  return seen?.key === key
    ? { rows: seen.rows, waiting: seen.waiting, fresh: seen.fresh }
    : { rows: undefined, waiting: 0, fresh: nothing };
}
