import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { isAway, refusals } from '../../console/connection.ts';

/** The shell tells of a server that is away and of a session that has ended, whoever notices it. */
async function observed(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetch(input, init);
    isAway.set(response.status >= 502 && response.status <= 504);
    if (response.status === 401) {
      refusals.set(refusals.get() + 1);
    }
    return response;
  } catch (error) {
    isAway.set(true);
    throw error;
  }
}

export const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  fetch: observed,
  // Its client is loaded when something is subscribed to.
  subscriptionUrl: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
  // The media type of the GraphQL-over-HTTP specification first: only with it
  // does the status code tell a request error from a result.
  headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
  // Incremental delivery would ask for multipart/mixed instead.
  enableIncrementalDelivery: false,
});
