import { parse } from 'graphql';

/** What is asked of the server, and where: everything that a client in any language needs. */
export interface Request {
  endpoint: string;
  query: string;
  variables: Record<string, unknown>;
  /** Which of the document's operations; left out where there is one. */
  operationName?: string;
  isSubscription: boolean;
}

export interface Given {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string | undefined;
}

/** The variable of the environment that the code takes the token from; no code holds one. */
export const TOKEN = 'MODELRY_TOKEN';

export function requestOf(endpoint: string, { query, variables, operationName }: Given): Request {
  const operations = operationsIn(query);
  const meant = operations.find(({ name }) => name === operationName) ?? operations[0];
  return {
    endpoint,
    // Lines may end in any way in GraphQL; not so in other languages' texts.
    query: query.replaceAll(/\r\n?/g, '\n').trim(),
    variables,
    ...(operations.length > 1 && meant?.name ? { operationName: meant.name } : {}),
    isSubscription: meant?.kind === 'subscription',
  };
}

/** None if the document is not whole yet; it may be copied all the same. */
function operationsIn(query: string) {
  try {
    return parse(query).definitions.flatMap((definition) =>
      definition.kind === 'OperationDefinition'
        ? [{ name: definition.name?.value, kind: definition.operation }]
        : [],
    );
  } catch {
    return [];
  }
}

/** The body of the request, without what is empty. */
export function payloadOf({ query, variables, operationName }: Request): Record<string, unknown> {
  return {
    query,
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(operationName ? { operationName } : {}),
  };
}
