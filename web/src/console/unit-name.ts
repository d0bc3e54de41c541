import type { TFunction } from 'i18next';

/** What a price's unit is called; as the server calls it if it is one that is not known here. */
export function unitName(unit: string, t: TFunction): string {
  return t(`catalogueViews.units.${unit}` as 'catalogueViews.units.image', { defaultValue: unit });
}
