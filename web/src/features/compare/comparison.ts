/** One thing that models have or lack, in their order. */
export interface Line<T> {
  key: string;
  values: readonly (T | undefined)[];
}

/** All that any of them has, each once: what one has that another lacks stands beside a gap. */
export function linesOf<Model, T>(
  models: readonly Model[],
  list: (model: Model) => readonly T[],
  keyOf: (value: T) => string,
  order: (one: string, other: string) => number = () => 0,
): Line<T>[] {
  const byModel = models.map((model) => new Map(list(model).map((value) => [keyOf(value), value])));
  const keys = [...new Set(byModel.flatMap((values) => [...values.keys()]))].sort(order);
  return keys.map((key) => ({ key, values: byModel.map((values) => values.get(key)) }));
}

/** Whether not all are alike; nothing is like nothing. */
export function differ(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value ?? null))).size > 1;
}
