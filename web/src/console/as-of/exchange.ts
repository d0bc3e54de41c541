import { type Exchange, makeOperation, mapExchange, type Operation } from 'urql';
import { liftResult, rewriteDocument, rewriteVariables } from './rewrite.ts';

/**
 * Asks the past instead of the present. It stands behind the cache, which so keeps what was at this
 * moment as if it were the present: each moment needs a client of its own.
 */
export function asOfExchange(moment: string): Exchange {
  return mapExchange({
    onOperation(operation): Operation {
      if (operation.kind !== 'query') {
        return operation;
      }
      const { query, variables, key, context } = operation;
      return makeOperation(
        'query',
        {
          key,
          query: rewriteDocument(query),
          variables: rewriteVariables(query, variables, moment),
        },
        { ...context, askedFor: operation },
      );
    },
    onResult(result) {
      const asked = result.operation.context.askedFor as Operation | undefined;
      return asked ? { ...liftResult(result), operation: asked } : result;
    },
  });
}
