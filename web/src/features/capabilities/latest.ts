import type { Client } from 'urql';
import { nodeNow } from '../../console/node-now.ts';
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
  const node = await nodeNow(client, LatestDocument, id);
  return node?.__typename === 'Capability' ? readFragment(CapabilityFragment, node) : undefined;
}
