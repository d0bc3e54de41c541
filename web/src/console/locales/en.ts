import { catalogue } from './en/catalogue.ts';
import { model } from './en/model.ts';
import { models } from './en/models.ts';
import { shell } from './en/shell.ts';

/** All texts: a file for each view, and what views share in `shell` and `catalogue`. */
export const en = {
  ...catalogue,
  ...shell,
  model,
  models,
};
