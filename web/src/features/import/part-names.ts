import type { TFunction } from 'i18next';
import { fieldName } from '../../console/forms/field-names.ts';
import { valueWord } from '../../console/forms/value-words.ts';

/** What a report's `parameters.context_window` is called: the kind of the part, and which it is. */
export function partName(field: string, t: TFunction): string {
  const [kind = '', ...path] = field.split('.');
  if (path.length === 0) {
    return fieldName(field, t);
  }
  const parts = kind === 'prices' ? path.map((step) => priceStep(step, t)) : [path.join('.')];
  return [fieldName(kind, t), ...parts].join(' › ');
}

/** What a price is for, its mode of service, or from how many tokens on it holds. */
function priceStep(step: string, t: TFunction): string {
  const [, tokens] = /^from_(\d+)_tokens$/.exec(step) ?? [];
  if (tokens !== undefined) {
    return t('priceHistory.from', { tokens });
  }
  const component = valueWord('component', step, t);
  return component === step ? (valueWord('serviceMode', step, t) ?? step) : (component ?? step);
}

/** Puts around what is data what the report says of it in English. */
type Teller = (value: string, t: TFunction) => string;

const DEFAULT = ', the default';

const withDefault =
  (tell: Teller): Teller =>
  (value, t) =>
    value.endsWith(DEFAULT)
      ? t('imports.changed.isDefault', { value: tell(value.slice(0, -DEFAULT.length), t) })
      : tell(value, t);

const capability: Teller = (value, t) => {
  const [, support, config] = /^(supported|unsupported)(?:, (.*))?$/s.exec(value) ?? [];
  if (support === undefined) {
    return value;
  }
  const known = support === 'supported' ? 'SUPPORTED' : 'UNSUPPORTED';
  const word = t(`capabilities.known.${known}`);
  return config === undefined ? word : t('imports.changed.withConfig', { support: word, config });
};

const NUMBER = '-?[\\d.]+(?:e-?\\d+)?';
const PARAMETER = new RegExp(
  `^(.*?)(?:, at least (${NUMBER}))?(?:, at most (${NUMBER}))?(?:, one of (\\[.*\\]))?$`,
  's',
);

const parameter: Teller = (value, t) => {
  const [, bare = value, least, most, values] = PARAMETER.exec(value) ?? [];
  const withLeast =
    least === undefined ? bare : t('imports.changed.atLeast', { value: bare, least });
  const withMost =
    most === undefined ? withLeast : t('imports.changed.atMost', { value: withLeast, most });
  return values === undefined ? withMost : t('imports.changed.oneOf', { value: withMost, values });
};

const price: Teller = (value, t) => {
  const [, amount = value, from, until] =
    /^(\S+ [A-Z]{3})(?: from (\S+))?(?: until (\S+))?$/.exec(value) ?? [];
  const withFrom = from === undefined ? amount : t('imports.changed.from', { value: amount, from });
  return until === undefined ? withFrom : t('imports.changed.until', { value: withFrom, until });
};

const TELLERS: Readonly<Record<string, Teller>> = {
  capabilities: withDefault(capability),
  categories: (value, t) => (value === 'in it' ? t('imports.changed.inIt') : value),
  parameters: withDefault(parameter),
  prices: price,
};

/** The fields that are yes or no; of a parameter, `true` is its value. */
const FLAGS: ReadonlySet<string> = new Set(['api_key_required', 'is_active', 'is_default']);

/** A report's value in the words of the console, as far as it isn't data. */
export function wordOf(field: string, value: string | null, t: TFunction): string | null {
  if (value === null) {
    return null;
  }
  const [kind = '', ...path] = field.split('.');
  if (path.length > 0) {
    return TELLERS[kind]?.(value, t) ?? value;
  }
  return valueWord(field, FLAGS.has(field) ? value === 'true' : value, t) ?? value;
}
