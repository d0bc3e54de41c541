import type { TFunction } from 'i18next';
import { fieldName } from '../../console/forms/field-names.ts';

/** What a report's `parameters.context_window` is called: the kind of the part, and which it is. */
export function partName(field: string, t: TFunction): string {
  const dot = field.indexOf('.');
  return dot < 0
    ? fieldName(field, t)
    : `${fieldName(field.slice(0, dot), t)} › ${field.slice(dot + 1)}`;
}

/** The words that the server has for what is known of capabilities and categories; other values stay. */
export function wordOf(field: string, value: string | null, t: TFunction): string | null {
  if (field.startsWith('categories.') && value === 'in it') {
    return t('imports.changed.inIt');
  }
  if (field.startsWith('capabilities.') && (value === 'supported' || value === 'unsupported')) {
    return t(
      value === 'supported' ? 'capabilities.known.SUPPORTED' : 'capabilities.known.UNSUPPORTED',
    );
  }
  return value;
}
