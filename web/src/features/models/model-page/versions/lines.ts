import type { DifferenceKind, PriceComponent, ServiceMode } from '../../../../gql/graphql.ts';
import { readFragment } from '../../../../gql/index.ts';
import { CapabilityStateFragment, type Difference, ParameterStateFragment } from './documents.ts';

export const SECTIONS = [
  'fields',
  'aliases',
  'parameters',
  'capabilities',
  'categories',
  'prices',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** A part of something: what it was before and after, null where there was nothing. */
export interface Detail {
  /** Left out where the line is about one value only. */
  part?: PartName;
  before: unknown;
  after: unknown;
}

export type PartName =
  | (typeof PARAMETER)[number]
  | (typeof CAPABILITY)[number]
  | 'amount'
  | 'validUntil';

/** Something that differs, with what differs of it. */
export interface Line {
  key: string;
  section: SectionName;
  kind: DifferenceKind;
  name: string;
  price?: {
    component: PriceComponent;
    serviceMode: ServiceMode;
    minContextTokens: number;
    currency: string;
    validFrom: string | null;
  };
  details: Detail[];
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function partsOf<T extends object>(
  before: T | null | undefined,
  after: T | null | undefined,
  names: readonly (keyof T & PartName)[],
): Detail[] {
  return names.flatMap((part) => {
    const [was, is] = [before?.[part] ?? null, after?.[part] ?? null];
    // Of what only came or went, what is usual isn't told.
    const isUsual = (!before || !after) && (was ?? is) === false;
    return isSame(was, is) || isUsual ? [] : [{ part, before: was, after: is }];
  });
}

const PARAMETER = [
  'value',
  'type',
  'isDefault',
  'minimum',
  'maximum',
  'allowedValues',
  'description',
] as const;
const CAPABILITY = ['support', 'isDefault', 'config'] as const;

export function lineOf(difference: Difference): Line {
  const { change: kind } = difference;
  switch (difference.__typename) {
    case 'FieldDifference': {
      const { field: name, fieldBefore: before, fieldAfter: after } = difference;
      return line('fields', kind, name, [{ before: before ?? null, after: after ?? null }]);
    }
    case 'AliasDifference':
      return line('aliases', kind, difference.alias);
    case 'CategoryDifference':
      return line('categories', kind, difference.path);
    case 'ParameterDifference': {
      const before = readFragment(ParameterStateFragment, difference.parameterBefore);
      const after = readFragment(ParameterStateFragment, difference.parameterAfter);
      return line('parameters', kind, difference.name, partsOf(before, after, PARAMETER));
    }
    case 'CapabilityDifference': {
      const before = readFragment(CapabilityStateFragment, difference.capabilityBefore);
      const after = readFragment(CapabilityStateFragment, difference.capabilityAfter);
      return line('capabilities', kind, difference.name, partsOf(before, after, CAPABILITY));
    }
    case 'PriceDifference': {
      const { component, serviceMode, minContextTokens, currency } = difference;
      const validFrom = difference.validFrom ?? null;
      const name = [component, serviceMode, minContextTokens, currency, validFrom].join(' ');
      const details = partsOf(
        { amount: difference.amountBefore, validUntil: difference.validUntilBefore },
        { amount: difference.amountAfter, validUntil: difference.validUntilAfter },
        ['amount', 'validUntil'],
      );
      return {
        ...line('prices', kind, name, details),
        price: { component, serviceMode, minContextTokens, currency, validFrom },
      };
    }
  }
}

function line(
  section: SectionName,
  kind: DifferenceKind,
  name: string,
  details: Detail[] = [],
): Line {
  return { key: `${section} ${name}`, section, kind, name, details };
}

/** Section by section, in the order in which the page has them. */
export function bySection(differences: readonly Difference[]): [SectionName, Line[]][] {
  const lines = differences.map(lineOf);
  return SECTIONS.flatMap((section) => {
    const own = lines.filter((each) => each.section === section);
    return own.length > 0 ? [[section, own] as [SectionName, Line[]]] : [];
  });
}
