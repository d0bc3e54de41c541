import { asOf } from './en/as-of.ts';
import { catalogue } from './en/catalogue.ts';
import { models } from './en/models.ts';
import { shell } from './en/shell.ts';

/** The texts that every view needs, and those of the first: the others are in `en-views.ts`. */
export const en = {
  ...catalogue,
  ...shell,
  asOf,
  models,
};
