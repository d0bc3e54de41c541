import type { copyAs as copyAsEnglish, graphiql as english } from '../en/graphiql.ts';
import type { Translation } from '../translation.ts';

export const graphiql: Translation<typeof english> = {
  save: {
    open: '保存',
    title: '保存此查询',
    name: '名称',
    save: '保存',
    replace: '替换',
    cancel: '取消',
    where: '查询及其变量保存在本浏览器中，请求头不会保存。',
    willReplace: '已有同名查询，将被替换。',
    badName: '名称须为 1 至 100 个字符',
    empty: '标签页为空，没有可保存的内容。',
    failed: '浏览器空间不足或不允许保存，未作任何更改。',
  },
  saved: {
    title: '已存查询（{{count}}）',
    heading: '已存查询',
    empty: '尚无已存查询。保存的内容只留在本浏览器中。',
    export: '导出',
    import: '导入文件',
    rename: '重命名 {{name}}',
    delete: '删除 {{name}}',
    takeName: '重命名',
    taken: '已有同名查询。',
    deleted: '已删除“{{name}}”。',
    undo: '撤销',
    noFile: '{{name}} 不是已存查询文件：可先导出一份查看其格式。',
    imported_other: '已添加 {{count}} 个查询。',
    dropped_other: '有 {{count}} 项无法读取。',
  },
};

export const copyAs: Translation<typeof copyAsEnglish> = {
  title: '复制为代码',
  language: '语言',
  copy: '复制',
  copied: '已复制',
  token:
    '代码可直接运行，令牌取自环境变量 {{variable}}。可用“modelry token create”生成令牌；代码中不含令牌。',
  byHand: '浏览器不允许页面复制。代码已选中，请按 Ctrl+C 或 ⌘C。',
  badVariables: '变量不是 JSON 对象，请先更正。',
};
