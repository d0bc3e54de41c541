import type { ChangeSetRow } from './documents.ts';

export interface SetSubject {
  id: string;
  name: string;
  /** Which of its own fields were changed. */
  fields: string[];
}

const shown = (object: { name: string; displayName?: string | null | undefined }) =>
  object.displayName ?? object.name;

/** What the first changes of a set are about: models, each once, and what else was changed. */
export function subjectsOf(changes: ChangeSetRow['changes']['nodes']): SetSubject[] {
  const subjects = new Map<string, SetSubject>();
  for (const { objectId, object, model, operation, fields } of changes) {
    const id = model?.id ?? objectId;
    const name = model ? shown(model) : object && 'name' in object ? shown(object) : undefined;
    if (name === undefined) {
      continue;
    }
    const known = subjects.get(id) ?? { id, name, fields: [] };
    const ownFields = operation === 'UPDATE' && id === objectId ? fields : [];
    known.fields.push(...ownFields.map(({ field }) => field));
    subjects.set(id, known);
  }
  return [...subjects.values()];
}
