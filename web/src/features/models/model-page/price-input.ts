import type { TFunction } from 'i18next';
import type { Check } from '../../../console/forms/rules.ts';
import type { PriceComponent } from '../../../gql/graphql.ts';

const WHOLE_DIGITS = 9;
const FRACTION_DIGITS = 18;
const LARGEST_TIER = 2_147_483_647;

export const amount: Check = (text, t) => {
  const given = text.trim();
  if (/^-(\d+)(\.\d+)?$/.test(given) && /[1-9]/.test(given)) {
    return t('editing.prices.rules.negative');
  }
  const parts = /^-?0*(\d*)(?:\.(\d+?)0*)?$/.exec(given);
  if (!parts || !/\d/.test(given) || given.startsWith('.') || given.startsWith('-.')) {
    return t('editing.prices.rules.syntax');
  }
  const [, whole = '', fraction = ''] = parts;
  if (whole.length > WHOLE_DIGITS) {
    return t('editing.prices.rules.large');
  }
  return fraction.length > FRACTION_DIGITS ? t('editing.prices.rules.fine') : undefined;
};

export const tier: Check = (text, t) =>
  /^\d+$/.test(text.trim()) && Number(text) <= LARGEST_TIER
    ? undefined
    : t('editing.prices.rules.tier');

/** What tells whether two prices are for the same thing, and when they hold. */
export interface Held {
  component: string;
  serviceMode: string;
  currency: string;
  minContextTokens: number;
  validFrom: string | null;
  validUntil: string | null;
}

/** Whether both hold on some day. Days compare as texts. */
function meets(one: Held, other: Held): boolean {
  const begins = (from: string | null, until: string | null) =>
    from === null || until === null || from < until;
  return begins(one.validFrom, other.validUntil) && begins(other.validFrom, one.validUntil);
}

/** A price of the same thing that holds in the same time, of which there must be none. */
export function overlapping<T extends Held>(price: Held, others: readonly T[]): T | undefined {
  return others.find(
    (other) =>
      other.component === price.component &&
      other.serviceMode === price.serviceMode &&
      other.currency === price.currency &&
      other.minContextTokens === price.minContextTokens &&
      meets(price, other),
  );
}

export function periodProblem(
  from: string | null,
  until: string | null,
  t: TFunction,
): string | undefined {
  return from && until && until <= from ? t('editing.prices.rules.period') : undefined;
}

const PER_MILLION_CHARACTERS = ['INPUT_CHARACTER', 'OUTPUT_CHARACTER'];
const PER_MILLION_PIXELS = ['INPUT_PIXEL', 'OUTPUT_PIXEL'];
const PER_REQUEST = [
  'REQUEST',
  'WEB_SEARCH',
  'WEB_SEARCH_LOW',
  'WEB_SEARCH_MEDIUM',
  'WEB_SEARCH_HIGH',
];

/** The unit that an amount buys, which follows from what it is for. */
export function unitOf(component: PriceComponent): string {
  if (PER_MILLION_CHARACTERS.includes(component)) {
    return '1M characters';
  }
  if (PER_MILLION_PIXELS.includes(component)) {
    return '1M pixels';
  }
  if (PER_REQUEST.includes(component)) {
    return 'request';
  }
  if (component.endsWith('_SECOND')) {
    return 'second';
  }
  if (component === 'INPUT_IMAGE' || component === 'OUTPUT_IMAGE') {
    return 'image';
  }
  if (component === 'QUERY' || component === 'SESSION') {
    return component.toLowerCase();
  }
  return component.endsWith('PAGE') ? 'page' : '1M tokens';
}
