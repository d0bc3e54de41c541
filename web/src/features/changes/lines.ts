import type { TFunction } from 'i18next';
import type { ChangeLine, Names } from './change-lines.tsx';

/** What only came or went is told together, kind by kind; what was changed, one by one. */
export function linesOf<T extends Pick<ChangeLine, 'operation' | 'type'>>(
  changes: readonly T[],
): [T, ...T[]][] {
  const lines: [T, ...T[]][] = [];
  for (const change of changes) {
    const alike = lines.find(
      ([first]) =>
        change.operation !== 'UPDATE' &&
        first.operation === change.operation &&
        first.type === change.type,
    );
    if (alike) {
      alike.push(change);
    } else {
      lines.push([change]);
    }
  }
  return lines;
}

const NAMING_FIELDS = ['displayName', 'name', 'alias', 'label', 'categoryId'];

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** What an object is called, as far as its recorded state says. */
export function nameOf(change: ChangeLine, names: Names, t: TFunction): string | undefined {
  const { object, before, after, type } = change;
  if (object && 'capability' in object) {
    return object.capability.displayName;
  }
  const record = recordOf(after ?? before);
  if (type === 'MODEL_PRICE' && typeof record.component === 'string') {
    return t(`components.${record.component}` as 'components.INPUT', {
      defaultValue: record.component,
    });
  }
  // Of a model's parts the key tells more than the name that is shown, and is never missing.
  const fields = type.startsWith('MODEL_') ? NAMING_FIELDS.slice(1) : NAMING_FIELDS;
  const found = fields.map((key) => record[key]).find((value) => typeof value === 'string');
  return found === undefined ? undefined : (names.get(found as string) ?? (found as string));
}

/** The categories that changes put models into, or took them out of. */
export function categoryIdsOf(changes: readonly ChangeLine[]): string[] {
  const ids = changes
    .filter(({ type }) => type === 'MODEL_CATEGORY')
    .map(({ before, after }) => recordOf(after ?? before).categoryId)
    .filter((id): id is string => typeof id === 'string');
  return [...new Set(ids)];
}

export interface Called {
  name: string;
  /** What it leads to; undefined if it has no page. */
  id: string | undefined;
}

/** Each name once, with how many have it: a model may have ten prices for the same. */
export function countNames(called: readonly Called[]): (Called & { count: number })[] {
  const counts = new Map<string, Called & { count: number }>();
  for (const { name, id } of called) {
    const key = `${id ?? ''} ${name}`;
    counts.set(key, { name, id, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
