import type { TFunction } from 'i18next';
import { unitName } from '../unit-name.ts';
import { spelled } from './field-names.ts';

type Writer = (value: string, t: TFunction) => string;

/** A value whose word stands under a key; its own name for one that the console doesn't know. */
const under =
  (key: string, write = (value: string) => value.toUpperCase()): Writer =>
  (value, t) =>
    t(`${key}.${write(value)}` as 'components.INPUT', { defaultValue: value });

const lower = (value: string) => value.toLowerCase();

/** The fields that take few values, each of which the views have a word for. */
const WRITERS: Readonly<Record<string, Writer>> = {
  component: under('components'),
  domain: under('capabilities.domains', lower),
  lifecycleStage: under('stages', lower),
  modelType: under('types', lower),
  role: under('session.roles'),
  serviceMode: under('modes'),
  support: under('model.capabilities', lower),
  type: under('editing.parameters.types'),
  unit: unitName,
};

/**
 * What a value is called, spelled as in the schema or as in files, and its field likewise; undefined
 * where a field takes anything.
 */
export function valueWord(field: string, value: unknown, t: TFunction): string | undefined {
  if (typeof value === 'boolean') {
    return t(value ? 'models.yes' : 'models.no');
  }
  return typeof value === 'string' ? WRITERS[spelled(field)]?.(value, t) : undefined;
}
