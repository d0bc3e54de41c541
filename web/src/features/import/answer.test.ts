import { expect, test } from 'vitest';
import { createLineReader, readLine, readRefusal } from './answer.ts';

const REPORT = {
  source: 'models-dev',
  dry_run: true,
  as_of: '2026-11-26',
  change_set: null,
  changes_anything: true,
  counts: { models: { created: 1, updated: 0, unchanged: 2, removed: 0 } },
  homeless: { 'cost.image': 1 },
  changed: [{ record: 'openai', fields: [{ field: 'logo', before: null, after: 'x' }] }],
  more_changed: 0,
};

test('lines are read as they come, each once and whole', () => {
  const read = createLineReader();
  expect(read('{"a":1}\n{"b"', false)).toEqual(['{"a":1}']);
  expect(read('{"a":1}\n{"b"', false)).toEqual([]);
  expect(read('{"a":1}\n{"b":2}\n\n{"c":3}', false)).toEqual(['{"b":2}']);
  expect(read('{"a":1}\n{"b":2}\n\n{"c":3}', true)).toEqual(['{"c":3}']);
});

test('each kind of line is known', () => {
  const progress = { stage: 'COMPARING', done: 3, of: 9 };
  expect(readLine(JSON.stringify({ progress }))).toEqual({ progress });
  expect(readLine('{"progress":{"stage":"READING"}}')).toEqual({ progress: { stage: 'READING' } });
  const found = readLine(JSON.stringify({ report: REPORT, changeSetId: 'ChangeSet:7' }));
  expect(found).toMatchObject({ changeSetId: 'ChangeSet:7', report: { changed: REPORT.changed } });
  const error = { code: 'BAD_FILE', message: 'no', line: 3, column: 7, path: 'openai.models.x' };
  expect(readLine(JSON.stringify({ error }))).toEqual({ error });
});

test.each([
  '',
  '<html>',
  '{}',
  '{"report":{},"changeSetId":null}',
  '{"progress":{"stage":"DREAMING"}}',
])('what is no line of an answer is not taken for one: %s', (text) => {
  expect(readLine(text)).toBeUndefined();
});

test('a refusal is told from an answer that is not the server’s', () => {
  const refusal = { errors: [{ message: 'too large', extensions: { code: 'TOO_LARGE' } }] };
  expect(readRefusal(JSON.stringify(refusal))).toEqual({ code: 'TOO_LARGE', message: 'too large' });
  expect(readRefusal('<h1>Bad gateway</h1>')).toBeUndefined();
  expect(readRefusal('{"errors":[]}')).toBeUndefined();
});
