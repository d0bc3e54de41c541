import { type AnyVariables, stringifyDocument, type TypedDocumentNode } from 'urql';
import { readMoment } from './as-of/moment.ts';
import { rewriteDocument, rewriteVariables } from './as-of/rewrite.ts';

/**
 * The address at which GraphiQL opens with this operation. It stands behind the `#`, which browsers
 * keep to themselves: no log of a proxy has it, and it may be long. A view of the past asks the past
 * there too.
 */
export function graphiqlLink<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): string {
  const at = new URLSearchParams(location.search).get('at');
  const sought = at === null ? undefined : readMoment(at);
  const moment = sought && 'moment' in sought ? sought.moment : undefined;
  const asked = moment ? rewriteDocument(document) : document;
  const given = moment ? rewriteVariables(document, variables, moment) : variables;
  const params = new URLSearchParams({
    query: stringifyDocument(asked),
    variables: JSON.stringify(given, null, 2),
  });
  return `/graphiql#${params}`;
}
