import type { TFunction } from 'i18next';
import { byteLength, VALUE_BYTES } from '../../../console/forms/rules.ts';
import type { ParameterType } from '../../../gql/graphql.ts';

/** A parameter as the form keeps it: numbers, lists and JSON as they are typed. */
export interface ParameterValues {
  name: string;
  type: ParameterType;
  value: string;
  minimum: string;
  maximum: string;
  allowed: string;
  isDefault: boolean;
  description: string;
}

export type ParameterField = 'value' | 'minimum' | 'maximum' | 'allowed';

/** What the schema takes. */
export interface ParameterInput {
  name: string;
  type: ParameterType;
  value: unknown;
  minimum: number | null;
  maximum: number | null;
  allowedValues: unknown[] | null;
  isDefault: boolean;
  description: string | null;
}

export interface Read {
  input: ParameterInput;
  problems: Partial<Record<ParameterField, string>>;
}

type Problem = { problem: string };
type Outcome = { value: unknown } | Problem;

const MOST_ALLOWED = 100;
const LEAST_INT = -(2n ** 63n);
const LARGEST_INT = 2n ** 63n - 1n;

export const isNumeric = (type: ParameterType) => type === 'INT' || type === 'FLOAT';

function readInt(text: string, t: TFunction): Outcome {
  if (!/^-?\d+$/.test(text)) {
    return { problem: t('editing.parameters.rules.int', { given: text || '“”' }) };
  }
  const exact = BigInt(text);
  if (exact < LEAST_INT || exact > LARGEST_INT) {
    return { problem: t('editing.parameters.rules.int64', { given: text }) };
  }
  const value = Number(exact);
  return Number.isSafeInteger(value)
    ? { value }
    : { problem: t('editing.parameters.rules.precise', { given: text }) };
}

function readFloat(text: string, t: TFunction): Outcome {
  const value = Number(text);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(value)
    ? { value }
    : { problem: t('editing.parameters.rules.float', { given: text || '“”' }) };
}

/** JSON, but for numbers that would come out as others. */
export function readJson(text: string, t: TFunction): Outcome {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { problem: t('forms.rules.json', { problem }) };
  }
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  for (const [given] of bare.matchAll(/-?\d[\d.eE+-]*/g)) {
    const number = Number(given);
    const isExact = /^-?\d+$/.test(given) ? Number.isSafeInteger(number) : Number.isFinite(number);
    if (!isExact) {
      return { problem: t('editing.parameters.rules.precise', { given }) };
    }
  }
  return { value };
}

/** One value of a type, as it is typed. */
export function readValue(type: ParameterType, text: string, t: TFunction): Outcome {
  switch (type) {
    case 'INT':
      return readInt(text.trim(), t);
    case 'FLOAT':
      return readFloat(text.trim(), t);
    case 'BOOL':
      return /^(true|false)$/.test(text.trim())
        ? { value: text.trim() === 'true' }
        : { problem: t('editing.parameters.rules.bool') };
    case 'STRING':
      return text.includes('\0') ? { problem: t('forms.rules.nul') } : { value: text };
    case 'JSON':
      return readJson(text, t);
  }
}

/** The other way: how a value is put into the field where it is typed. */
export function writeValue(type: ParameterType, value: unknown): string {
  if (value === null || value === undefined) {
    return type === 'JSON' && value === null ? 'null' : '';
  }
  if (type === 'STRING') {
    return String(value);
  }
  return type === 'JSON' ? JSON.stringify(value, null, 2) : JSON.stringify(value);
}

export function writeAllowed(type: ParameterType, values: unknown): string {
  if (!Array.isArray(values)) {
    return '';
  }
  const isTextOfLines = type === 'STRING' && values.some((value) => /[\r\n]/.test(String(value)));
  return type === 'JSON' || isTextOfLines
    ? JSON.stringify(values, null, 2)
    : values.map((value) => writeValue(type, value)).join('\n');
}

const isProblem = (outcome: object): outcome is Problem => 'problem' in outcome;

function readAllowed(
  type: ParameterType,
  text: string,
  t: TFunction,
): { values: unknown[] | null } | Problem {
  if (text.trim() === '') {
    return { values: null };
  }
  // Texts that hold line breaks can't stand one on a line.
  const isArray = type === 'JSON' || (type === 'STRING' && text.trimStart().startsWith('['));
  const outcomes = isArray ? readArray(type, text, t) : readLines(type, text, t);
  if (!Array.isArray(outcomes)) {
    return outcomes;
  }
  const wrong = outcomes.findIndex(isProblem);
  const found = outcomes[wrong];
  if (found && isProblem(found)) {
    return {
      problem: t('editing.parameters.rules.line', { line: wrong + 1, problem: found.problem }),
    };
  }
  const values = outcomes.map((outcome) => (outcome as { value: unknown }).value);
  if (values.length === 0) {
    return { problem: t('editing.parameters.rules.none') };
  }
  return values.length > MOST_ALLOWED
    ? { problem: t('editing.parameters.rules.many', { count: values.length }) }
    : { values };
}

function readLines(type: ParameterType, text: string, t: TFunction): Outcome[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => readValue(type, line, t));
}

function readArray(type: ParameterType, text: string, t: TFunction): Outcome[] | Problem {
  const whole = readJson(text, t);
  if (isProblem(whole)) {
    return whole;
  }
  if (!Array.isArray(whole.value)) {
    return { problem: t('editing.parameters.rules.array') };
  }
  return whole.value.map((value: unknown) =>
    type === 'STRING' && typeof value !== 'string'
      ? { problem: t('editing.parameters.rules.array') }
      : { value },
  );
}

/** The same JSON has the same text, whatever the order of its names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function readBound(text: string, t: TFunction): { bound: number | null } | Problem {
  if (text.trim() === '') {
    return { bound: null };
  }
  const read = readFloat(text.trim(), t);
  return isProblem(read) ? read : { bound: read.value as number };
}

/** Reads the whole form, and finds what the server would refuse. */
export function readParameter(values: ParameterValues, t: TFunction): Read {
  const { type } = values;
  const problems: Read['problems'] = {};
  const value = readValue(type, values.value, t);
  const minimum = isNumeric(type) ? readBound(values.minimum, t) : { bound: null };
  const maximum = isNumeric(type) ? readBound(values.maximum, t) : { bound: null };
  const allowed = readAllowed(type, values.allowed, t);
  for (const [field, outcome] of Object.entries({ value, minimum, maximum, allowed })) {
    if (isProblem(outcome)) {
      problems[field as ParameterField] = outcome.problem;
    }
  }
  const input: ParameterInput = {
    name: values.name,
    type,
    value: isProblem(value) ? null : value.value,
    minimum: isProblem(minimum) ? null : minimum.bound,
    maximum: isProblem(maximum) ? null : maximum.bound,
    allowedValues: isProblem(allowed) ? null : allowed.values,
    isDefault: values.isDefault,
    description: values.description || null,
  };
  const unfit = problems.value ? undefined : problemOf(input, values.value, t);
  if (unfit) {
    problems.value = unfit;
  }
  if (input.minimum !== null && input.maximum !== null && input.minimum > input.maximum) {
    problems.maximum ??= t('editing.parameters.rules.crossed', {
      minimum: input.minimum,
      maximum: input.maximum,
    });
  }
  return { input, problems };
}

/** What is wrong with a value of the right type. */
function problemOf(input: ParameterInput, typed: string, t: TFunction): string | undefined {
  const { value, minimum, maximum, allowedValues } = input;
  const given = typed.trim();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const length = byteLength(text);
  if (length > VALUE_BYTES) {
    return t('forms.rules.bytes', { length, limit: VALUE_BYTES });
  }
  if (typeof value === 'number' && minimum !== null && value < minimum) {
    return t('editing.parameters.rules.below', { given, minimum });
  }
  if (typeof value === 'number' && maximum !== null && value > maximum) {
    return t('editing.parameters.rules.above', { given, maximum });
  }
  if (allowedValues && !allowedValues.some((each) => canonical(each) === canonical(value))) {
    return t('editing.parameters.rules.notAllowed', {
      given,
      allowed: allowedValues.map((each) => JSON.stringify(each)).join(', '),
    });
  }
  return undefined;
}
