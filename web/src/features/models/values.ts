import type { ModelRow } from './documents.ts';
import { CONTEXT_WINDOW } from './where.ts';

function numberOf(row: ModelRow, name: string): number | undefined {
  const value = row.parameters.find((parameter) => parameter.name === name)?.value;
  return typeof value === 'number' ? value : undefined;
}

export const contextOf = (row: ModelRow) => numberOf(row, CONTEXT_WINDOW);
export const maxOutputOf = (row: ModelRow) => numberOf(row, 'max_output_tokens');

/** What it is known to be able to do. */
export const supportedBy = (row: ModelRow) =>
  row.capabilities
    .filter(({ support }) => support === 'SUPPORTED')
    .map(({ capability }) => capability);
