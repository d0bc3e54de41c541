import type { TFunction } from 'i18next';

/** These say which object is meant, and are no fields that anybody fills in. */
const MEANS_THE_WHOLE: ReadonlySet<string> = new Set(['id', 'expectedVersion']);

/** A field's name as the schema spells it. Files have `display_name`. */
export function spelled(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What a field of the schema is called, spelled as there or as in files; by its own name if it has no other. */
export function fieldName(name: string, t: TFunction): string {
  return t(`fields.${spelled(name)}` as 'fields.name', { defaultValue: name });
}

/** What a path in an input leads to, positions counted from one; undefined if that is all of it. */
export function pathName(path: readonly string[], t: TFunction): string | undefined {
  const [first] = path;
  if (first === undefined || MEANS_THE_WHOLE.has(first)) {
    return undefined;
  }
  return path
    .map((step) => (/^\d+$/.test(step) ? String(Number(step) + 1) : fieldName(step, t)))
    .join(' › ');
}
