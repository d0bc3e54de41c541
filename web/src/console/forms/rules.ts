import type { Rule } from 'antd/es/form';
import type { TFunction } from 'i18next';

/*
 * What the server would refuse, refused before it is asked. Each rule gives undefined, or what would
 * be right, in the server's words.
 */
export type Check = (text: string, t: TFunction) => string | undefined;

export const DISPLAY_CHARS = 200;
export const PROSE_CHARS = 10_000;
export const VALUE_BYTES = 65_536;
const SLUG_BYTES = 100;
const NAME_BYTES = 200;
const LABEL_BYTES = 100;
const URL_BYTES = 2_000;

/** Unicode's control characters, as Rust's `char::is_control` has them. */
const CONTROL = /\p{Cc}/u;

export const byteLength = (text: string) => new TextEncoder().encode(text).length;
/** In code points, as the server counts. */
export const charLength = (text: string) => [...text].length;

function bounded(text: string, limit: number, t: TFunction): string | undefined {
  if (text.includes('\0')) {
    return t('forms.rules.nul');
  }
  const length = charLength(text);
  return length > limit ? t('forms.rules.chars', { length, limit }) : undefined;
}

export const display: Check = (text, t) => {
  if (text.trim() === '') {
    return t('forms.rules.blank');
  }
  return CONTROL.test(text) ? t('forms.rules.control') : bounded(text, DISPLAY_CHARS, t);
};

export const prose: Check = (text, t) => bounded(text, PROSE_CHARS, t);

export const slug: Check = (text, t) =>
  /^[a-z0-9][a-z0-9._:/@-]*$/.test(text) && text.length <= SLUG_BYTES
    ? undefined
    : t('forms.rules.slug');

export const categoryName: Check = (text, t) =>
  /^[a-z0-9][a-z0-9._-]*$/.test(text) && text.length <= SLUG_BYTES
    ? undefined
    : t('forms.rules.categoryName');

export const snakeCase: Check = (text, t) =>
  /^[a-z][a-z0-9_]*$/.test(text) && text.length <= SLUG_BYTES
    ? undefined
    : t('forms.rules.snakeCase');

function isFree(text: string, limit: number): boolean {
  const length = byteLength(text);
  return length >= 1 && length <= limit && text.trim() === text && !CONTROL.test(text);
}

export const freeName: Check = (text, t) =>
  isFree(text, NAME_BYTES) ? undefined : t('forms.rules.freeName');

export const versionLabel: Check = (text, t) =>
  isFree(text, LABEL_BYTES) ? undefined : t('forms.rules.versionLabel');

export const currency: Check = (text, t) =>
  /^[A-Z]{3}$/.test(text) ? undefined : t('forms.rules.currency');

function isUrl(text: string): boolean {
  return (
    /^https?:\/\/./i.test(text) &&
    byteLength(text) <= URL_BYTES &&
    !/\s/u.test(text) &&
    !CONTROL.test(text)
  );
}

function isPath(text: string): boolean {
  const [first = ''] = text.split('/');
  return (
    text !== '' &&
    byteLength(text) <= URL_BYTES &&
    !text.startsWith('//') &&
    !first.includes(':') &&
    !/\s/u.test(text) &&
    !CONTROL.test(text)
  );
}

export const url: Check = (text, t) => (isUrl(text) ? undefined : t('forms.rules.url'));
export const urlPath: Check = (text, t) => (isPath(text) ? undefined : t('forms.rules.urlPath'));
export const picture: Check = (text, t) =>
  isPath(text) || isUrl(text) ? undefined : t('forms.rules.picture');

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
}

export const day: Check = (text, t) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text) ? undefined : t('forms.rules.date');

export const partialDate: Check = (text, t) => {
  const padded = `${text}${['-01-01', '-01', ''][text.split('-').length - 1] ?? ''}`;
  return /^\d{4}(-\d{2}){0,2}$/.test(text) && isDay(padded)
    ? undefined
    : t('forms.rules.partialDate');
};

/** A check as antd's form takes it. What is empty is not its business: see `required`. */
export function rule(check: Check, t: TFunction): Rule {
  return {
    validator: (_, value: unknown) => {
      const problem =
        value === undefined || value === null || value === '' ? undefined : check(String(value), t);
      return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem));
    },
  };
}

/** For what the schema never takes as null. */
export const required = (t: TFunction): Rule => ({
  required: true,
  message: t('forms.rules.required'),
});
