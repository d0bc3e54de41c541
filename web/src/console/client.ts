import { retryExchange } from '@urql/exchange-retry';
import { Client, fetchExchange, mapExchange } from 'urql';
import { createCache } from './cache.ts';
import { isOutage, isThrottled, note } from './connection.ts';

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

export const client = new Client({
  ...endpoint,
  exchanges: [createCache(), retry, observe, fetchExchange],
});

/** For what is read through once and not shown: it passes the cache by. */
export const throughClient = new Client({
  ...endpoint,
  requestPolicy: 'network-only',
  exchanges: [retry, observe, fetchExchange],
});
