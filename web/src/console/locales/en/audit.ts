export const audit = {
  title: 'Audit log',
  intro: 'Who changed what, who came in, and who was refused. Entries are never removed.',
  refresh: 'Refresh',
  empty: 'No entry meets all of these filters.',
  when: 'When',
  who: 'Who',
  action: 'Action',
  outcome: 'Outcome',
  outcomes: { DONE: 'Done', REFUSED: 'Refused' },
  detail: 'Detail',
  address: 'Address',
  times: '{{shown}} times',
};
