import type { asOf as english } from '../en/as-of.ts';
import type { Translation } from '../translation.ts';

export const asOf: Translation<typeof english> = {
  now: '当前',
  button: '显示的时间：{{shown}}',
  title: '回到过去',
  intro: '整个控制台将显示目录在某一时刻的样子。分享地址，他人即可看到相同的内容。',
  field: '日期和时间',
  show: '显示此时刻',
  since: '记录始于 {{first}}',
  ago: { day: '一天前', week: '一周前', month: '30 天前', year: '一年前' },
  first: '记录之初',
  incomplete: '请填写完整的日期和时间。',
  notYet: '这一时刻尚未到来，请选择过去的时刻。',
  notBefore: '{{first}} 之前没有任何记录，请选择该时刻或更晚的时刻。',
  banner: '目录在此时刻的样子：',
  nothingToWrite: '此处不能修改任何内容。',
  tooEarly: '当时尚无任何记录：记录始于 {{first}}。',
  toFirst: '前往记录之初',
  back: '回到当前',
  returned: '您看到的已是当前内容。',
  readOnly: '这是过去的内容，不能修改。',
  backToChange: '回到当前以进行修改',
  unreadable: '此地址中的时刻无法识别',
  unreadableDetail:
    '“{{text}}”不是有效的日期或时间，正确写法如 2026-05-01 或 2026-05-01T10:30:00Z。',
  future: '这一时刻尚未到来',
  futureDetail: '{{text}} 在未来。目录只能显示当前或过去的样子。',
  choose: '选择时刻…',
  notThere: '在这一时刻，它不在目录中：尚未录入，或已被移除。',
  noModels: '在这一时刻还没有模型',
};
