import { audit } from './en/audit.ts';
import { capabilities } from './en/capabilities.ts';
import { catalogueViews } from './en/catalogue-views.ts';
import { categories } from './en/categories.ts';
import { changes } from './en/changes.ts';
import { compare } from './en/compare.ts';
import { deprecations } from './en/deprecations.ts';
import { editing } from './en/editing.ts';
import { fields } from './en/fields.ts';
import { forms } from './en/forms.ts';
import { copyAs, graphiql } from './en/graphiql.ts';
import { imports } from './en/imports.ts';
import { model } from './en/model.ts';
import { priceHistory } from './en/price-history.ts';
import { settings } from './en/settings.ts';
import { suppliers } from './en/suppliers.ts';
import { versions } from './en/versions.ts';

/** The texts of all views but the first, a file for each: they come with the first of these views. */
export const enViews = {
  audit,
  capabilities,
  catalogueViews,
  categories,
  changes,
  compare,
  copyAs,
  deprecations,
  editing,
  fields,
  forms,
  graphiql,
  imports,
  model,
  priceHistory,
  settings,
  suppliers,
  versions,
};
