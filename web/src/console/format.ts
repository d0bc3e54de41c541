import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** How numbers, money and days are written in a language. */
export interface Format {
  number(value: number): string;
  /** A count of tokens in short: 128K, 1.05M. Both languages write them so. */
  tokens(value: number): string;
  /** An exact decimal amount, with as many digits as it has and at least two. */
  money(amount: string, currency: string): string;
  /** An amount to compare at a glance: of four decimals at most, unless it is less than a cent. */
  price(amount: string, currency: string): string;
  /** A day, a month or a year, as precise as it is known: `2024`, `2024-05`, `2024-05-13`. */
  day(value: string): string;
  moment(value: string): string;
  /** A moment to the second. */
  second(value: string): string;
  percent(share: number): string;
  /** By how much something has changed: +12.5%. */
  change(share: number): string;
}

const MOST_DIGITS = 20;

/** By how many parts of a day are known. */
const DAY_OPTIONS: Intl.DateTimeFormatOptions[] = [
  { year: 'numeric' },
  { year: 'numeric', month: 'short' },
  { dateStyle: 'medium' },
];

export function createFormat(language: string): Format {
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: 'percent' });
  const changes = new Intl.NumberFormat(language, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 1,
  });
  const tokens = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const seconds = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const days = DAY_OPTIONS.map(
    (options) => new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }),
  );
  const money = createMoney(language);
  return {
    number: (value) => numbers.format(value),
    tokens: (value) => tokens.format(value),
    money: (amount, currency) => money(amount, currency, MOST_DIGITS),
    price: (amount, currency) => money(amount, currency, Number(amount) < 0.01 ? MOST_DIGITS : 4),
    day(value) {
      const parts = value.split('-');
      const moment = new Date(`${[...parts, '01', '01'].slice(0, 3).join('-')}T00:00:00Z`);
      const format = days[parts.length - 1];
      return format && !Number.isNaN(moment.getTime()) ? format.format(moment) : value;
    },
    moment: (value) => moments.format(new Date(value)),
    second: (value) => seconds.format(new Date(value)),
    percent: (share) => percents.format(share),
    change: (share) => changes.format(share),
  };
}

/** Making a formatter takes far longer than using it: there is one for each currency and precision. */
function createMoney(language: string) {
  const formats = new Map<string, Intl.NumberFormat>();
  const formatOf = (currency: string, digits: number) => {
    const key = `${currency} ${digits}`;
    const known = formats.get(key);
    if (known) {
      return known;
    }
    const made = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: 2,
      maximumFractionDigits: digits,
    });
    formats.set(key, made);
    return made;
  };
  return (amount: string, currency: string, most: number): string => {
    const digits = amount.split('.')[1]?.length ?? 0;
    try {
      const format = formatOf(currency, Math.min(most, Math.max(digits, 2)));
      // The text itself: as a number it would lose digits.
      return format.format(amount as unknown as number);
    } catch {
      return `${amount} ${currency}`;
    }
  };
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}
