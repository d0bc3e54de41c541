import type { TFunction } from 'i18next';
import type { Client } from 'urql';
import { graphql } from '../../gql/index.ts';
import { answerOf } from './answer.ts';
import { tellError, tellFailure, tellObstacle } from './user-errors.ts';

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
  const [refused] = answerOf(data?.revertChangeSet, error).userErrors;
  const [obstacle] = data?.revertChangeSet.conflicts ?? [];
  if (error) {
    return tellFailure(error, t);
  }
  if (refused) {
    return tellError(refused, t, language);
  }
  return obstacle && tellObstacle(obstacle, t, language);
}
