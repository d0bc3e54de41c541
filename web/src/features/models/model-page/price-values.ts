import type { PriceComponent, ServiceMode } from '../../../gql/graphql.ts';
import { type Held, overlapping } from './price-input.ts';

/** A price as the form keeps it. */
export interface PriceValues {
  component: PriceComponent;
  serviceMode: ServiceMode;
  amount: string;
  currency: string;
  minContextTokens: string;
  validFrom: string;
  validUntil: string;
  /** Whether a new price ends the one that holds until then. */
  endsOther: boolean;
  reason: string;
}

interface Known {
  component: PriceComponent;
  serviceMode: ServiceMode;
  amount: string;
  currency: string;
  minContextTokens: number;
  validFrom?: string | null;
  validUntil?: string | null;
}

export const EMPTY_PRICE: PriceValues = {
  component: 'INPUT',
  serviceMode: 'STANDARD',
  amount: '',
  currency: 'USD',
  minContextTokens: '0',
  validFrom: '',
  validUntil: '',
  endsOther: false,
  reason: '',
};

export function valuesOf(price: Known): PriceValues {
  return {
    component: price.component,
    serviceMode: price.serviceMode,
    amount: price.amount,
    currency: price.currency,
    minContextTokens: String(price.minContextTokens),
    validFrom: price.validFrom ?? '',
    validUntil: price.validUntil ?? '',
    endsOther: false,
    reason: '',
  };
}

export function inputOf(values: PriceValues) {
  return {
    component: values.component,
    serviceMode: values.serviceMode,
    amount: values.amount.trim(),
    currency: values.currency.trim(),
    minContextTokens: Number(values.minContextTokens),
    validFrom: values.validFrom || null,
    validUntil: values.validUntil || null,
    reason: values.reason || null,
  };
}

export function heldOf(known: Known): Held {
  return { ...known, validFrom: known.validFrom ?? null, validUntil: known.validUntil ?? null };
}

/** The other price that stands in the way, if one does. */
export function standsInTheWay<T extends Known>(
  values: PriceValues,
  others: readonly T[],
): T | undefined {
  const all = others.map((price) => ({ ...heldOf(price), price }));
  return overlapping(inputOf(values), all)?.price;
}

/** The price that stands in the way, if it could be ended on the day the new one begins. */
export function toEnd<T extends Known>(values: PriceValues, others: readonly T[]): T | undefined {
  const other = standsInTheWay(values, others);
  const from = values.validFrom;
  if (!other || !from || (other.validFrom && other.validFrom >= from)) {
    return undefined;
  }
  const rest = others.filter((each) => each !== other);
  return standsInTheWay(values, rest) ? undefined : other;
}
