import { useEffect, useState } from 'react';
import type { Client } from 'urql';
import { useAsOf } from '../../console/as-of/as-of-context.ts';
import { clientsAsOf } from '../../console/client.ts';
import type { ModelWhere } from '../../gql/graphql.ts';
import { conditionsOf } from '../models/search.ts';
import { orderOf, whereOf } from '../models/where.ts';
import { CompareOthersDocument } from './documents.ts';
import { type Point, placeOf } from './points.ts';
import { searchAmong } from './search.ts';

const AT_A_TIME = 100;
/** As many dots can be told apart, and read in a moment. */
export const MOST_OTHERS = 500;

export interface Others {
  points: readonly Point[];
  /** How many there are; undefined as long as that isn't known. */
  total: number | undefined;
  hasFailed: boolean;
}

const NONE: Others = { points: [], total: undefined, hasFailed: false };

/** Those of the filter that have a place in the chart. */
function whereAmong(among: string, component: 'INPUT' | 'OUTPUT', currency: string): ModelWhere {
  return {
    ...whereOf(conditionsOf(searchAmong(among))),
    and: [
      { parameters: [{ name: 'context_window', gte: 1 }] },
      { prices: [{ component, currency, gte: '0.000000000001' }] },
    ],
  };
}

/** Reads the other models' places, as long as the chart shows them. */
export function useOthers(
  among: string | undefined,
  component: 'INPUT' | 'OUTPUT',
  currency: string,
): Others {
  const { throughClient } = clientsAsOf(useAsOf());
  const [others, setOthers] = useState(NONE);
  useEffect(() => {
    setOthers(NONE);
    if (among === undefined) {
      return undefined;
    }
    const leaving = new AbortController();
    void read(throughClient, among, component, currency, (found) => {
      if (!leaving.signal.aborted) {
        setOthers(found);
      }
      return !leaving.signal.aborted;
    });
    return () => leaving.abort();
  }, [throughClient, among, component, currency]);
  return others;
}

async function read(
  client: Client,
  among: string,
  component: 'INPUT' | 'OUTPUT',
  currency: string,
  /** Takes what has been read so far, and says whether to go on. */
  take: (others: Others) => boolean,
): Promise<void> {
  const where = whereAmong(among, component, currency);
  const asked = { where, orderBy: orderOf(searchAmong(among)), component, currency };
  const points: Point[] = [];
  let after: string | null | undefined;
  do {
    const page = { first: AT_A_TIME, after: after ?? null };
    const { data, error } = await client.query(CompareOthersDocument, { ...asked, ...page });
    if (error || !data) {
      take({ points: [...points], total: undefined, hasFailed: true });
      return;
    }
    const { nodes, pageInfo, totalCount } = data.models;
    points.push(
      ...nodes.flatMap(({ parameters, price, ...model }) => {
        const point = placeOf(model, parameters[0]?.value, price);
        return typeof point === 'string' ? [] : [point];
      }),
    );
    if (!take({ points: [...points], total: totalCount, hasFailed: false })) {
      return;
    }
    after = pageInfo.hasNextPage && points.length < MOST_OTHERS ? pageInfo.endCursor : null;
  } while (after);
}
