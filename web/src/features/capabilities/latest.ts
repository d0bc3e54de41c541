import type { Client } from 'urql';
import { graphql, readFragment } from '../../gql/index.ts';
import { CapabilityFragment, type CapabilityRow } from './documents.ts';

const LatestDocument = graphql(`
  query LatestCapability($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Capability {
        ...CapabilityRow
      }
    }
  }
`);

/** A capability as it is now, read past the cache. */
export async function latestCapability(
  client: Client,
  id: string,
): Promise<CapabilityRow | undefined> {
  const { data } = await client.query(LatestDocument, { id }, { requestPolicy: 'network-only' });
  return data?.node?.__typename === 'Capability'
    ? readFragment(CapabilityFragment, data.node)
    : undefined;
}
