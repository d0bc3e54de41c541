import type { Client } from 'urql';
import { graphql, readFragment } from '../../gql/index.ts';
import { CategoryFragment, type CategoryNode } from './documents.ts';

const LatestDocument = graphql(`
  query LatestCategory($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Category {
        ...CategoryNode
        descendants {
          id
        }
      }
    }
  }
`);

export interface LatestCategory {
  node: CategoryNode;
  /** How many live ones are below it. */
  below: number;
}

/** A category as it is now, read past the cache. */
export async function latestCategory(
  client: Client,
  id: string,
): Promise<LatestCategory | undefined> {
  const { data } = await client.query(LatestDocument, { id }, { requestPolicy: 'network-only' });
  return data?.node?.__typename === 'Category'
    ? { node: readFragment(CategoryFragment, data.node), below: data.node.descendants.length }
    : undefined;
}
