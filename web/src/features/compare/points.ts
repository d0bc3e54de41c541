import type { CompareModel } from './documents.ts';

/** A model's place in the chart. */
export interface Point {
  id: string;
  databaseId: number;
  name: string;
  supplier: string;
  /** Tokens. */
  context: number;
  /** For a million tokens, as it was written, and as far as a number can hold it. */
  amount: string;
  price: number;
}

/** Why a model has no place. */
export type Missing = 'context' | 'price' | 'free';

export const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'] as const;
export type Shape = (typeof SHAPES)[number];

export function pointOf(
  model: CompareModel,
  component: 'INPUT' | 'OUTPUT',
  currency: string,
): Point | Missing {
  const context = model.parameters.find(({ name }) => name === 'context_window')?.value;
  const price = model.prices.find(
    (each) =>
      each.component === component &&
      each.currency === currency &&
      each.serviceMode === 'STANDARD' &&
      each.minContextTokens === 0,
  );
  return placeOf(model, context, price);
}

/** The place of a model with this context window and this price, if it has both. */
export function placeOf(
  model: Pick<CompareModel, 'id' | 'databaseId' | 'name' | 'displayName'> & {
    supplier: Pick<CompareModel['supplier'], 'name' | 'displayName'>;
  },
  context: unknown,
  price: { amount: string } | null | undefined,
): Point | Missing {
  if (typeof context !== 'number' || context <= 0) {
    return 'context';
  }
  if (!price) {
    return 'price';
  }
  if (Number(price.amount) <= 0) {
    return 'free';
  }
  return {
    id: model.id,
    databaseId: model.databaseId,
    name: model.displayName ?? model.name,
    supplier: model.supplier.displayName ?? model.supplier.name,
    context,
    amount: price.amount,
    price: Number(price.amount),
  };
}

/** From a bit below the least to a bit above the most, so that no point stands on the edge. */
export function domainOf(values: readonly number[]): [number, number] {
  if (values.length === 0) {
    return [1, 10];
  }
  return [Math.min(...values) / 1.6, Math.max(...values) * 1.6];
}

const STEPS = [1, 2, 5];

/** Round values for a logarithmic axis: 1, 2 and 5 of each power of ten, or only the powers where these are many. */
export function ticksOf([least, most]: readonly [number, number]): number[] {
  const from = Math.floor(Math.log10(least));
  const to = Math.ceil(Math.log10(most));
  const powers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const steps = to - from > 3 ? [1] : STEPS;
  return powers
    .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
    .filter((value) => value >= least && value <= most);
}

const PLOT = { width: 900, height: 320 };
const LINE = 16;
const NEAR = { x: 150, y: LINE };

/**
 * How many pixels each label stands above or below its point, so that labels of points that are near
 * to each other can be read.
 */
export function labelShifts(
  points: readonly Point[],
  x: readonly [number, number],
  y: readonly [number, number],
): number[] {
  const share = (value: number, [least, most]: readonly [number, number]) =>
    Math.log(value / least) / Math.log(most / least);
  const placed: { x: number; y: number }[] = [];
  return points.map((point) => {
    const at = {
      x: share(point.context, x) * PLOT.width,
      y: (1 - share(point.price, y)) * PLOT.height,
    };
    const isTaken = (shift: number) =>
      placed.some(
        (other) => Math.abs(other.x - at.x) < NEAR.x && Math.abs(other.y - (at.y + shift)) < NEAR.y,
      );
    const shifts = [0, 1, -1, 2, -2, 3, -3].map((step) => step * LINE);
    const shift = shifts.find((each) => !isTaken(each)) ?? 0;
    placed.push({ x: at.x, y: at.y + shift });
    return shift;
  });
}

const GAP = 14;
/** About how wide a letter of a label is, and a character of a script such as Chinese. */
const LETTER = 7;
const FULL_WIDTH = 13;

const widthOf = (text: string) =>
  [...text].reduce((sum, each) => sum + (each > '\u2e7f' ? FULL_WIDTH : LETTER), 0);

export interface LabelPlace {
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

/**
 * Where a point's name begins or ends, seen from the point: beside it, on the side that is asked for
 * if there is room, or else above it, so that no edge of the chart cuts it off.
 */
export function labelPlace(
  name: string,
  at: number,
  chart: { width: number; isLeft: boolean },
): LabelPlace {
  const needed = widthOf(name);
  const fitsRight = at + GAP + needed <= chart.width;
  const fitsLeft = at - GAP - needed >= 0;
  if (fitsLeft && (chart.isLeft || !fitsRight)) {
    return { x: -GAP, y: 0, anchor: 'end' };
  }
  return fitsRight
    ? { x: GAP, y: 0, anchor: 'start' }
    : { x: Math.max(0, chart.width - needed) - at, y: -GAP, anchor: 'start' };
}
