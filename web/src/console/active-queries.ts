import type { Client, Exchange, Operation } from 'urql';
import { mapExchange } from 'urql';

/** Knows which queries a page shows the answers of, and can ask them anew. */
export function createActiveQueries() {
  const active = new Map<number, Operation>();
  let client: Client | undefined;
  const note: Exchange = (input) => {
    client = input.client;
    return mapExchange({
      onOperation(operation) {
        if (operation.kind === 'query') {
          active.set(operation.key, operation);
        } else if (operation.kind === 'teardown') {
          active.delete(operation.key);
        }
      },
    })(input);
  };
  return {
    /** Stands first of all exchanges. */
    exchange: note,
    refresh(isMeant: (operation: Operation) => boolean): void {
      for (const operation of [...active.values()].filter(isMeant)) {
        client?.reexecuteOperation(
          client.createRequestOperation('query', operation, { requestPolicy: 'network-only' }),
        );
      }
    },
  };
}
