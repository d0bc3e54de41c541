/** What a form leaves empty may be a missing value, null or an empty text: the schema has null. */
export function orNull<T>(value: T): NonNullable<T> | null {
  return value === undefined || value === null || value === '' ? null : value;
}

export function isSame(one: unknown, other: unknown): boolean {
  const [left, right] = [orNull(one), orNull(other)];
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) {
    return Object.is(left, right);
  }
  if (Array.isArray(left) !== Array.isArray(right)) {
    return false;
  }
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) =>
    isSame((left as Record<string, unknown>)[name], (right as Record<string, unknown>)[name]),
  );
}

/** The fields that differ from what they were, as an update's input has them: empty is null. */
export function changedFrom<T extends object>(before: T, after: T): Partial<T> {
  const entries = (Object.keys(after) as (keyof T)[])
    .filter((name) => !isSame(before[name], after[name]))
    .map((name) => [name, orNull(after[name])]);
  return Object.fromEntries(entries) as Partial<T>;
}
