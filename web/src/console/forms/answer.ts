import type { TypedDocumentNode } from '@urql/core';
import type { Client, CombinedError } from 'urql';
import { type FragmentType, graphql, readFragment } from '../../gql/index.ts';
import type { UserError } from './user-errors.ts';

/** What each mutation is asked for; payloads have no type in common that could be asked for more. */
export const UserErrorFragment = graphql(`
  fragment UserErrorDetails on UserError {
    field
    code
    message
  }
`);

/** What came of a write, whichever it was. */
export interface Answer {
  /** What it can be undone by; null if nothing had to be changed. */
  changeSet: string | null;
  /** What was done before it and belongs to it, to be undone after it. */
  earlier?: readonly string[];
  userErrors: readonly UserError[];
  error: CombinedError | undefined;
}

interface Payload {
  changeSet?: { id: string } | null;
  userErrors: readonly FragmentType<typeof UserErrorFragment>[];
}

export function answerOf(
  payload: Payload | null | undefined,
  error: CombinedError | undefined,
): Answer {
  return {
    changeSet: payload?.changeSet?.id ?? null,
    userErrors: readFragment(UserErrorFragment, payload?.userErrors) ?? [],
    error,
  };
}

/** A write of one kind: the mutation's only field, and its document. */
export function write<Name extends string, Input>(
  name: Name,
  document: TypedDocumentNode<{ [name in Name]: Payload }, { input: Input }>,
) {
  return async (client: Client, input: Input): Promise<Answer> => {
    const { data, error } = await client.mutation(document, { input });
    return answerOf(data?.[name], error);
  };
}

export function isDone({ error, userErrors }: Answer): boolean {
  return error === undefined && userErrors.length === 0;
}
