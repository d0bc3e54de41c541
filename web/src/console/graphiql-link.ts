import { type AnyVariables, stringifyDocument, type TypedDocumentNode } from 'urql';

/**
 * The address at which GraphiQL opens with this operation. It stands behind the `#`, which browsers
 * keep to themselves: no log of a proxy has it, and it may be long.
 */
export function graphiqlLink<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): string {
  const params = new URLSearchParams({
    query: stringifyDocument(document),
    variables: JSON.stringify(variables, null, 2),
  });
  return `/graphiql#${params}`;
}
