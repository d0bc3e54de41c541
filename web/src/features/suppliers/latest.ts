import type { Client } from 'urql';
import { nodeNow } from '../../console/node-now.ts';
import { graphql, readFragment } from '../../gql/index.ts';
import { type SupplierDetails, SupplierFragment } from './documents.ts';
import { KeysDocument, SupplierKeyFragment, type SupplierKeyRow } from './key-documents.ts';

const LatestDocument = graphql(`
  query LatestSupplier($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Supplier {
        ...SupplierDetails
      }
    }
  }
`);

/** A supplier as it is now, read past the cache. */
export async function latestSupplier(
  client: Client,
  id: string,
): Promise<SupplierDetails | undefined> {
  const node = await nodeNow(client, LatestDocument, id);
  return node?.__typename === 'Supplier' ? readFragment(SupplierFragment, node) : undefined;
}

/** A key as it is now, read past the cache among those of its supplier. */
export async function latestKey(
  client: Client,
  supplierId: string,
  id: string,
): Promise<SupplierKeyRow | undefined> {
  const supplier = await nodeNow(client, KeysDocument, supplierId);
  const keys = supplier?.__typename === 'Supplier' ? (supplier.keys ?? []) : [];
  return keys.map((each) => readFragment(SupplierKeyFragment, each)).find((key) => key.id === id);
}
