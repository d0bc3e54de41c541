import type { Client } from 'urql';
import { nodeNow } from '../../console/node-now.ts';
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
  const node = await nodeNow(client, LatestDocument, id);
  return node?.__typename === 'Category'
    ? { node: readFragment(CategoryFragment, node), below: node.descendants.length }
    : undefined;
}
