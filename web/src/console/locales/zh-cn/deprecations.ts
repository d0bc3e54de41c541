import type { deprecations as english } from '../en/deprecations.ts';
import type { Translation } from '../translation.ts';

export const deprecations: Translation<typeof english> = {
  title: '弃用日历',
  window: '时间范围',
  months: '{{count}} 个月',
  all: '全部',
  past: '包括已过去的',
  pastTitle: '已过去',
  download: 'CSV',
  empty: '这段时间内没有模型被弃用或下线。',
  overdue: '已逾期',
  overdueHint: '下线日期已到，但仍处于启用状态，或仍是默认模型。',
  steps: { DEPRECATED: '弃用', RETIRED: '下线' },
  successor: '替代模型：',
  noSuccessor: '无替代模型',
  cut: '仅显示前 {{shown}} 个模型。',
};
