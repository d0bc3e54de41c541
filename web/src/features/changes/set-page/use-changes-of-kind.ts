import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { FIRST_PAGE, type PageInfo, type Place } from '../../../console/address.ts';
import type { ChangeKind, ChangeSetPageQuery } from '../../../gql/graphql.ts';
import { readFragment } from '../../../gql/index.ts';
import { ChangeOfSetFragment, ChangesOfKindDocument } from './documents.ts';
import { CHANGES_AT_A_TIME, sizeOfPage } from './kinds.ts';

type Set = NonNullable<ChangeSetPageQuery['changeSet']>;

/** A page of a set's changes of one kind, of which there are so many. */
export function useChangesOfKind(set: Set, type: ChangeKind, count: number, place: Place) {
  const start = set.start.nodes[0];
  const hasFirst = start?.type === type;
  const size = sizeOfPage(place.page, count, hasFirst);
  const [{ data, error, fetching }, execute] = useQuery({
    query: ChangesOfKindDocument,
    variables: { types: [type], after: place.after || (start?.cursor ?? ''), first: size },
    pause: !start || size === 0,
  });
  const feed = size === 0 ? { nodes: [], endCursor: '' } : data?.changes;
  const nodes = feed && [
    ...(start && hasFirst && place.page === 1 ? [start] : []),
    // What an address that was typed leads to may be another set's.
    ...feed.nodes.filter(({ changeSet }) => changeSet.id === set.id),
  ];
  const pageInfo: PageInfo = {
    hasNextPage: place.page * CHANGES_AT_A_TIME < count,
    hasPreviousPage: place.page > 1,
    endCursor: feed?.endCursor,
  };
  return {
    changes: nodes?.map((node) => readFragment(ChangeOfSetFragment, node)),
    pageInfo: feed && pageInfo,
    error,
    isBusy: fetching,
    again: () => execute({ requestPolicy: 'network-only' }),
  };
}

/** The feed is read forward only: the way back is where one came along, or else the first page. */
export function useWayBack(place: Place, go: (place: Place) => void): (next: Place) => void {
  const starts = useRef(new Map<number, string>());
  const { page, after } = place;
  useEffect(() => {
    starts.current.set(page, after);
  }, [page, after]);
  return (next) => {
    const known = next.page < page ? starts.current.get(page - 1) : undefined;
    go(known ? { ...FIRST_PAGE, page: page - 1, after: known } : next);
  };
}
