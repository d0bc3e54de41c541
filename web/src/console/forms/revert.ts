import type { TFunction } from 'i18next';
import type { Client } from 'urql';
import { graphql } from '../../gql/index.ts';
import { answerOf } from './answer.ts';
import { problemOf, tellObstacle } from './user-errors.ts';

/** Reverts a change set, if nothing stands in the way. */
const UndoDocument = graphql(`
  mutation UndoChangeSet($input: RevertChangeSetInput!) {
    revertChangeSet(input: $input) {
      changeSet {
        id
      }
      conflicts {
        field
        reason
        message
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

/** Reverts a change set; gives what stood in the way. */
export async function revert(
  client: Client,
  id: string,
  t: TFunction,
  language: string,
): Promise<string | undefined> {
  const { data, error } = await client.mutation(UndoDocument, { input: { id } });
  const [obstacle] = data?.revertChangeSet.conflicts ?? [];
  return (
    problemOf(answerOf(data?.revertChangeSet, error), t, language) ??
    (obstacle && tellObstacle(obstacle, t, language))
  );
}
