import { createGraphiQLFetcher } from '@graphiql/toolkit';

export const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  // Its client is loaded when something is subscribed to.
  subscriptionUrl: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
  // The media type of the GraphQL-over-HTTP specification first: only with it
  // does the status code tell a request error from a result.
  headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
  // Incremental delivery would ask for multipart/mixed instead.
  enableIncrementalDelivery: false,
});
