import { asOf } from './en/as-of.ts';
import { audit } from './en/audit.ts';
import { capabilities } from './en/capabilities.ts';
import { catalogue } from './en/catalogue.ts';
import { catalogueViews } from './en/catalogue-views.ts';
import { categories } from './en/categories.ts';
import { changes } from './en/changes.ts';
import { compare } from './en/compare.ts';
import { deprecations } from './en/deprecations.ts';
import { editing } from './en/editing.ts';
import { forms } from './en/forms.ts';
import { copyAs, graphiql } from './en/graphiql.ts';
import { imports } from './en/imports.ts';
import { model } from './en/model.ts';
import { models } from './en/models.ts';
import { priceHistory } from './en/price-history.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { suppliers } from './en/suppliers.ts';
import { versions } from './en/versions.ts';

/** All texts: a file for each view, and what views share in `shell` and `catalogue`. */
export const en = {
  ...catalogue,
  ...shell,
  asOf,
  audit,
  capabilities,
  catalogueViews,
  categories,
  changes,
  deprecations,
  editing,
  forms,
  compare,
  copyAs,
  graphiql,
  imports,
  model,
  models,
  priceHistory,
  settings,
  suppliers,
  versions,
};
