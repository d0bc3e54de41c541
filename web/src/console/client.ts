import { retryExchange } from '@urql/exchange-retry';
import { Client, type Exchange, fetchExchange, mapExchange } from 'urql';
import { createActiveQueries } from './active-queries.ts';
import { asOfExchange } from './as-of/exchange.ts';
import { createCache } from './cache.ts';
import { isOutage, isThrottled, note } from './connection.ts';
import { createLateAnswers } from './live/late-answers.ts';
import { paceExchange } from './pace.ts';

const endpoint = {
  url: '/graphql',
  preferGetMethod: false as const,
  fetchOptions: {
    // Only with the first does the status code tell a request error from a result.
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
  },
};

const observe = mapExchange({ onResult: ({ error }) => note(error) });

// Queries are asked again until the server is back. A mutation may have been done, so it is not.
const retry = retryExchange({
  initialDelayMs: 500,
  maxDelayMs: 5_000,
  maxNumberAttempts: Number.POSITIVE_INFINITY,
  retryIf: (error, operation) =>
    operation.kind === 'query' && (isOutage(error) || isThrottled(error)),
});

export interface Clients {
  /** For all that is shown. */
  client: Client;
  /** For what is read through once and not shown: it passes the cache by. */
  throughClient: Client;
}

/** `first` sees what is asked before the cache does, `time` what the cache doesn't know, `last` what is sent. */
function createClients({
  first = [],
  time = [],
  last = [],
}: {
  first?: Exchange[];
  time?: Exchange[];
  last?: Exchange[];
}): Clients {
  const beforeSending = [...time, retry, ...last, observe];
  return {
    client: new Client({
      ...endpoint,
      exchanges: [...first, createCache(), ...beforeSending, paceExchange, fetchExchange],
    }),
    // What is read through, such as a download, may take its time.
    throughClient: new Client({
      ...endpoint,
      requestPolicy: 'network-only',
      exchanges: [...beforeSending, fetchExchange],
    }),
  };
}

/** What is shown of the present, which others change. */
export const activeQueries = createActiveQueries();

const present = createClients({
  first: [activeQueries.exchange],
  last: [createLateAnswers()],
});
export const { client, throughClient } = present;

const MOST_MOMENTS = 4;
const past = new Map<string, Clients>();

/** One cache for each moment: what was never mixes with what is. The last few are kept. */
export function clientsAsOf(moment: string | undefined): Clients {
  if (moment === undefined) {
    return present;
  }
  const clients = past.get(moment) ?? createClients({ time: [asOfExchange(moment)] });
  past.delete(moment);
  past.set(moment, clients);
  for (const oldest of [...past.keys()].slice(0, -MOST_MOMENTS)) {
    past.delete(oldest);
  }
  return clients;
}
