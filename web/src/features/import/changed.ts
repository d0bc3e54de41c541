import type { Changed } from './answer.ts';

export interface FieldCount {
  field: string;
  count: number;
}

/** Which fields changed, and of how many records; the most frequent first. */
export function countFields(changed: readonly Changed[]): FieldCount[] {
  const counts = new Map<string, number>();
  for (const { fields } of changed) {
    for (const field of new Set(fields.map((change) => change.field))) {
      counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([field, count]) => ({ field, count }))
    .sort((left, right) => right.count - left.count || left.field.localeCompare(right.field));
}

type FieldChange = Changed['fields'][number];

/** Remembers how each change is told: what is searched by every key that is pressed is put into words once. */
export function remembering(tell: (change: FieldChange) => string[]): typeof tell {
  const known = new WeakMap<FieldChange, string[]>();
  return (change) => {
    const told = known.get(change) ?? tell(change);
    known.set(change, told);
    return told;
  };
}

/**
 * The records in which this field changed, and that have each of the words somewhere: in their name,
 * or in a field or its values, as the file has them or as they are told.
 */
export function findChanged(
  changed: readonly Changed[],
  text: string,
  field: string | undefined,
  tell: (change: FieldChange) => string[],
): readonly Changed[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && field === undefined) {
    return changed;
  }
  return changed.filter(({ record, fields }) => {
    if (field !== undefined && !fields.some((change) => change.field === field)) {
      return false;
    }
    const texts = [
      record,
      ...fields.flatMap((each) => [each.field, each.before, each.after, ...tell(each)]),
    ];
    return words.every((word) => texts.some((each) => each?.toLowerCase().includes(word)));
  });
}
