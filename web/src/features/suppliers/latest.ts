import type { Client } from 'urql';
import { graphql, readFragment } from '../../gql/index.ts';
import { type SupplierDetails, SupplierFragment } from './documents.ts';
import { KeysDocument, SupplierKeyFragment, type SupplierKeyRow } from './key-documents.ts';

const PAST_CACHE = { requestPolicy: 'network-only' } as const;

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
  const { data } = await client.query(LatestDocument, { id }, PAST_CACHE);
  return data?.node?.__typename === 'Supplier'
    ? readFragment(SupplierFragment, data.node)
    : undefined;
}

/** A key as it is now, read past the cache among those of its supplier. */
export async function latestKey(
  client: Client,
  supplierId: string,
  id: string,
): Promise<SupplierKeyRow | undefined> {
  const { data } = await client.query(KeysDocument, { id: supplierId }, PAST_CACHE);
  const keys = data?.node?.__typename === 'Supplier' ? (data.node.keys ?? []) : [];
  return keys.map((each) => readFragment(SupplierKeyFragment, each)).find((key) => key.id === id);
}
