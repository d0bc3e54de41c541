import type { TFunction } from 'i18next';
import type { Client } from 'urql';
import { type Answer, isDone, write } from '../../console/forms/answer.ts';
import { loadViewTexts } from '../../console/i18n.ts';
import type { Action } from './action.ts';
import type { Failed } from './bulk-failed.ts';
import {
  AttachCapabilityDocument,
  CategorizeDocument,
  DeleteModelDocument,
  type ModelRow,
  RestoreModelDocument,
  UpdateModelDocument,
} from './documents.ts';

export interface Outcome {
  row: ModelRow;
  /** What the change can be undone by; null if nothing had to be changed. */
  changeSet: string | null;
  problem?: string;
}

const deleteModel = write('deleteModel', DeleteModelDocument);
const restoreModel = write('restoreModel', RestoreModelDocument);
const updateModel = write('updateModel', UpdateModelDocument);
const attachCategories = write('attachCategories', CategorizeDocument);
const attachCapabilities = write('attachCapabilities', AttachCapabilityDocument);

function changeOne(client: Client, action: Action, row: ModelRow): Promise<Answer> {
  const seen = { id: row.id, expectedVersion: row.version };
  switch (action.kind) {
    case 'delete':
      return deleteModel(client, seen);
    case 'restore':
      return restoreModel(client, { id: row.id });
    case 'category':
      return attachCategories(client, { modelId: row.id, categories: [action.id] });
    case 'capability': {
      const capabilities = [{ capability: action.id, support: 'SUPPORTED' as const }];
      return attachCapabilities(client, { modelId: row.id, capabilities });
    }
    case 'stage':
      return updateModel(client, { ...seen, lifecycleStage: action.stage });
    default:
      return updateModel(client, { ...seen, isActive: action.kind === 'activate' });
  }
}

/** Changes each row as it was seen: one that somebody else changed meanwhile stays as it is, and is told of. */
export function run(
  client: Client,
  action: Action,
  rows: readonly ModelRow[],
  t: TFunction,
  language: string,
): Promise<Outcome[]> {
  return Promise.all(
    rows.map(async (row) => {
      const answer = await changeOne(client, action, row);
      const problem = isDone(answer) ? undefined : await tellProblem(answer, t, language);
      return { row, changeSet: answer.changeSet, ...(problem ? { problem } : {}) };
    }),
  );
}

/** How it is told what was wrong is no part of the first load. */
async function tellProblem(
  answer: Answer,
  t: TFunction,
  language: string,
): Promise<string | undefined> {
  try {
    const [{ problemOf }] = await Promise.all([
      import('../../console/forms/user-errors.ts'),
      loadViewTexts(),
    ]);
    return problemOf(answer, t, language);
  } catch {
    // Who is away gives no scripts either.
    return answer.error ? t('states.away') : answer.userErrors[0]?.message;
  }
}

/** Undoes what `run` did, and gives what stood in the way. */
export async function undo(
  client: Client,
  outcomes: readonly Outcome[],
  t: TFunction,
  language: string,
): Promise<Failed[]> {
  const [{ revert }] = await Promise.all([
    import('../../console/forms/revert.ts'),
    loadViewTexts(),
  ]);
  const problems = await Promise.all(
    outcomes.map(async ({ row, changeSet: id }) => {
      const problem = id === null ? undefined : await revert(client, id, t, language);
      return problem === undefined ? [] : [{ row, problem }];
    }),
  );
  return problems.flat();
}
