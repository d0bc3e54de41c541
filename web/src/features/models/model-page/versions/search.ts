import * as v from 'valibot';

/** What is compared: a version by its number, or the model as it is shown. */
export type Side = number | 'shown';

const SHOWN = 'now';
const PATTERN = /^(\d{1,15}|now)\.\.(\d{1,15}|now)$/;

/** What the address of a model's page says: `compare=3..7`, or `compare=3..now`. */
export const modelSearch = v.object({
  compare: v.fallback(v.optional(v.pipe(v.string(), v.regex(PATTERN))), undefined),
});

const sideOf = (text: string | undefined): Side => (text === SHOWN ? 'shown' : Number(text));

export function readSides(compare: string | undefined): [Side, Side] | undefined {
  const [, a, b] = PATTERN.exec(compare ?? '') ?? [];
  return a === undefined ? undefined : [sideOf(a), sideOf(b)];
}

export const writeSides = (sides: readonly [Side, Side]): string =>
  sides.map((side) => (side === 'shown' ? SHOWN : side)).join('..');
