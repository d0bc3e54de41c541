import type { TFunction } from 'i18next';
import { isolate } from '../../console/bidi.ts';
import type { ModelRow } from './documents.ts';

/** A row that stays as it is, and why. */
export interface Failed {
  row: ModelRow;
  problem: string;
}

const MOST_NAMES = 3;

/** Why rows stay as they are: an outage meets many for one reason, which is told once. */
export function tellFailed(failed: readonly Failed[], t: TFunction, language: string): string[] {
  const rowsOf = new Map<string, ModelRow[]>();
  for (const { row, problem } of failed) {
    rowsOf.set(problem, [...(rowsOf.get(problem) ?? []), row]);
  }
  const list = new Intl.ListFormat(language);
  return [...rowsOf].map(([problem, rows]) => {
    const names = rows.slice(0, MOST_NAMES).map((row) => isolate(row.displayName ?? row.name));
    const others = rows.length - names.length;
    const all = others > 0 ? [...names, t('models.bulk.others', { count: others })] : names;
    return t('models.bulk.problem', { names: list.format(all), problem });
  });
}
