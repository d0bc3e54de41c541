import type { audit as english } from '../en/audit.ts';
import type { Translation } from '../translation.ts';

export const audit: Translation<typeof english> = {
  title: '审计日志',
  intro: '谁做了什么修改、谁登录过、谁被拒绝。记录永不删除。',
  refresh: '刷新',
  empty: '没有符合全部筛选条件的记录。',
  when: '时间',
  who: '操作者',
  action: '动作',
  outcome: '结果',
  outcomes: { DONE: '完成', REFUSED: '被拒绝' },
  detail: '详情',
  address: '网络地址',
  times: '{{shown}} 次',
};
