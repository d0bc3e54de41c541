import { type Exchange, makeOperation, type Operation, type OperationResult } from 'urql';
import { filter, makeSubject, map, merge, pipe } from 'wonka';

/** When a query was sent: as which of all, and after how many answered writes. */
interface Asked {
  number: number;
  writes: number;
}

const isQuery = ({ kind }: Operation) => kind === 'query';

/**
 * Lets no answer that is older than what is known through to the cache. A query that was sent before a write of this
 * page was answered may tell what was before the write: it is asked again. Of several requests for the same, one that is
 * answered after a later one is left out.
 *
 * Its exchange stands behind the cache and whatever sends a request anew, and may be shared by clients: what one writes,
 * the other may read.
 */
export function createLateAnswers(): Exchange {
  let requests = 0;
  let writes = 0;
  return ({ forward }) =>
    (operations) => {
      const again = makeSubject<Operation>();
      const lastSent = new Map<number, number>();
      const lastAnswered = new Map<number, number>();

      const send = (operation: Operation): Operation => {
        if (operation.kind === 'teardown') {
          lastSent.delete(operation.key);
          lastAnswered.delete(operation.key);
        }
        if (!isQuery(operation)) {
          return operation;
        }
        requests += 1;
        lastSent.set(operation.key, requests);
        const asked: Asked = { number: requests, writes };
        return makeOperation('query', operation, { ...operation.context, asked });
      };

      const isNews = ({ operation, data }: OperationResult): boolean => {
        if (operation.kind === 'mutation') {
          writes += 1;
        }
        const asked = operation.context.asked as Asked | undefined;
        if (!asked || !isQuery(operation)) {
          return true;
        }
        if (asked.number < (lastAnswered.get(operation.key) ?? 0)) {
          return false;
        }
        // A mere error puts nothing into the cache, and has to be told.
        if (asked.writes < writes && data != null) {
          if (asked.number === lastSent.get(operation.key)) {
            again.next(send(operation));
          }
          return false;
        }
        lastAnswered.set(operation.key, asked.number);
        return true;
      };

      const sent = merge([pipe(operations, map(send)), again.source]);
      return pipe(forward(sent), filter(isNews));
    };
}
