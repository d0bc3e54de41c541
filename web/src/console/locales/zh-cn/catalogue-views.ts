import type { catalogueViews as english } from '../en/catalogue-views.ts';
import type { Translation } from '../translation.ts';

export const catalogueViews: Translation<typeof english> = {
  showDeleted: '显示已删除',
  delete: '删除',
  deleteTitle: '删除“{{name}}”？',
  deleteRestorable: '之后可以恢复。',
  created: '已创建“{{name}}”',
  saved: '已保存“{{name}}”',
  deleted: '已删除“{{name}}”',
  restored: '已恢复“{{name}}”',
  units: {
    '1M tokens': '百万 token',
    '1M characters': '百万字符',
    '1M pixels': '百万像素',
    image: '张',
    second: '秒',
    request: '次请求',
    query: '次查询',
    page: '页',
    session: '次会话',
  },
  notRestored: '无法恢复“{{name}}”：{{problem}}',
};
