import { useCallback, useEffect, useRef, useState } from 'react';
import { type Client, useClient } from 'urql';
import type { CountsQuery, CountsQueryVariables } from '../../gql/graphql.ts';
import { COUNTS_AT_A_TIME, CountsDocument, OwnCountsDocument } from './count-documents.ts';

export interface Counts {
  /** Models directly in it; undefined as long as that isn't known. */
  own: number | undefined;
  /** Models in it and in those below it, each once. */
  all: number | undefined;
}

/** The paths in parts that are counted at a time. */
export function inParts(paths: readonly string[]): (readonly string[])[] {
  const parts = [];
  for (let at = 0; at < paths.length; at += COUNTS_AT_A_TIME) {
    parts.push(paths.slice(at, at + COUNTS_AT_A_TIME));
  }
  return parts;
}

const FRESH = { requestPolicy: 'network-only' } as const;

async function countOwn(client: Client): Promise<ReadonlyMap<string, number> | undefined> {
  const { data } = await client.query(OwnCountsDocument, {}, FRESH);
  return data && new Map(data.models.facets.categories.map(({ value, count }) => [value, count]));
}

async function countAll(
  client: Client,
  paths: readonly string[],
): Promise<(readonly [string, number])[]> {
  const names = paths.map(
    (_, index) => `c${index}` as keyof CountsQuery & keyof CountsQueryVariables,
  );
  const variables: CountsQueryVariables = {};
  paths.forEach((path, index) => {
    const name = names[index];
    if (name) {
      variables[name] = { category: { path, includeDescendants: true } };
    }
  });
  const { data } = await client.query(CountsDocument, variables, FRESH);
  return data
    ? paths.flatMap((path, index) => {
        const name = names[index];
        return name ? [[path, data[name].totalCount] as const] : [];
      })
    : [];
}

/** How many models are where, by path: counted anew whenever there are other paths, or by `recount`. */
export function useCounts(paths: readonly string[]) {
  const client = useClient();
  const [own, setOwn] = useState<ReadonlyMap<string, number>>();
  const [all, setAll] = useState<ReadonlyMap<string, number>>(new Map());
  const key = paths.join('\n');
  const round = useRef(0);

  const count = useCallback(async () => {
    round.current += 1;
    const mine = round.current;
    const wanted = key === '' ? [] : key.split('\n');
    const found = await countOwn(client);
    if (mine === round.current && found) {
      setOwn(found);
    }
    for (const part of inParts(wanted)) {
      const counted = await countAll(client, part);
      if (mine !== round.current) {
        return;
      }
      setAll((before) => new Map([...before, ...counted]));
    }
  }, [client, key]);

  useEffect(() => void count(), [count]);

  const countsOf = useCallback(
    (path: string): Counts => ({ own: own && (own.get(path) ?? 0), all: all.get(path) }),
    [own, all],
  );
  return { countsOf, recount: count };
}
