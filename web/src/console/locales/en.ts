import { asOf } from './en/as-of.ts';
import { catalogue } from './en/catalogue.ts';
import { model } from './en/model.ts';
import { models } from './en/models.ts';
import { priceHistory } from './en/price-history.ts';
import { shell } from './en/shell.ts';
import { versions } from './en/versions.ts';

/** All texts: a file for each view, and what views share in `shell` and `catalogue`. */
export const en = {
  ...catalogue,
  ...shell,
  asOf,
  model,
  models,
  priceHistory,
  versions,
};
