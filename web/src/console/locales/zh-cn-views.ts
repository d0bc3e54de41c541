import type { enViews } from './en-views.ts';
import type { Translation } from './translation.ts';
import { audit } from './zh-cn/audit.ts';
import { capabilities } from './zh-cn/capabilities.ts';
import { catalogueViews } from './zh-cn/catalogue-views.ts';
import { categories } from './zh-cn/categories.ts';
import { changes } from './zh-cn/changes.ts';
import { compare } from './zh-cn/compare.ts';
import { deprecations } from './zh-cn/deprecations.ts';
import { editing } from './zh-cn/editing.ts';
import { fields } from './zh-cn/fields.ts';
import { forms } from './zh-cn/forms.ts';
import { copyAs, graphiql } from './zh-cn/graphiql.ts';
import { imports } from './zh-cn/imports.ts';
import { model } from './zh-cn/model.ts';
import { priceHistory } from './zh-cn/price-history.ts';
import { settings } from './zh-cn/settings.ts';
import { suppliers } from './zh-cn/suppliers.ts';
import { versions } from './zh-cn/versions.ts';

export const zhCnViews: Translation<typeof enViews> = {
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
