import type { priceHistory as english } from '../en/price-history.ts';
import type { Translation } from '../translation.ts';

export const priceHistory: Translation<typeof english> = {
  title: '费用走势',
  empty: '没有价格记录。',
  unchanged: '此模型的价格从未变动，也没有预定的变动。',
  which: '要显示的价格',
  from: '上下文 {{tokens}} token 起',
  axis: '{{currency}} / {{unit}}',
  legend: '显示的折线',
  chart: '价格走势，单位：{{unit}}',
  chartHint: '用方向键逐个查看变动。下方表格内容相同。',
  table: '费用明细',
  change: '变动',
  state: '状态',
  today: '今天',
  thatDay: '当日',
  future: '尚未生效',
  current: '今日有效',
  currentThen: '当日有效',
  over: '已失效',
  none: '无',
};
