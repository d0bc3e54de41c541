import type { TypedDocumentNode } from '@urql/core';
import type { Client } from 'urql';

/** A node as it is now, read past the cache, which then shows it so too; undefined where it can't be read. */
export async function nodeNow<Node>(
  client: Client,
  document: TypedDocumentNode<{ node?: Node | null | undefined }, { id: string }>,
  id: string,
): Promise<Node | undefined> {
  const { data } = await client.query(document, { id }, { requestPolicy: 'network-only' });
  return data?.node ?? undefined;
}
