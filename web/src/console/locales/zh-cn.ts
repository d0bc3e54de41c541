import type { en } from './en.ts';
import type { Translation } from './translation.ts';
import { asOf } from './zh-cn/as-of.ts';
import { audit } from './zh-cn/audit.ts';
import { capabilities } from './zh-cn/capabilities.ts';
import { catalogue } from './zh-cn/catalogue.ts';
import { catalogueViews } from './zh-cn/catalogue-views.ts';
import { categories } from './zh-cn/categories.ts';
import { changes } from './zh-cn/changes.ts';
import { compare } from './zh-cn/compare.ts';
import { deprecations } from './zh-cn/deprecations.ts';
import { editing } from './zh-cn/editing.ts';
import { forms } from './zh-cn/forms.ts';
import { copyAs, graphiql } from './zh-cn/graphiql.ts';
import { imports } from './zh-cn/imports.ts';
import { model } from './zh-cn/model.ts';
import { models } from './zh-cn/models.ts';
import { priceHistory } from './zh-cn/price-history.ts';
import { settings } from './zh-cn/settings.ts';
import { shell } from './zh-cn/shell.ts';
import { suppliers } from './zh-cn/suppliers.ts';
import { versions } from './zh-cn/versions.ts';

export const zhCn: Translation<typeof en> = {
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
