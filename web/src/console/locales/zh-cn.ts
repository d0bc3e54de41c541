import type { en } from './en.ts';
import type { Translation } from './translation.ts';
import { asOf } from './zh-cn/as-of.ts';
import { catalogue } from './zh-cn/catalogue.ts';
import { models } from './zh-cn/models.ts';
import { shell } from './zh-cn/shell.ts';

export const zhCn: Translation<typeof en> = {
  ...catalogue,
  ...shell,
  asOf,
  models,
};
