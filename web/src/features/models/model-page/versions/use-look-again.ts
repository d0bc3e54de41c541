import { useCallback } from 'react';
import { useClient } from 'urql';
import { SeenModelDocument } from './documents.ts';
import type { Sending } from './write-dialog.tsx';

/** After a conflict: sees the model anew, and with it the versions that the next try expects. */
export function useLookAgain(
  id: string,
  { send }: Sending,
  onSeen?: (version: number) => void,
): () => void {
  const client = useClient();
  return useCallback(() => {
    void send(async () => {
      const { data, error } = await client.query(
        SeenModelDocument,
        { id },
        { requestPolicy: 'network-only' },
      );
      if (data?.node?.__typename === 'Model') {
        onSeen?.(data.node.version);
      }
      return { error };
    });
  }, [client, id, send, onSeen]);
}
