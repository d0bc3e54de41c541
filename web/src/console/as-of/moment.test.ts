import { expect, test } from 'vitest';
import { fromFieldValue, readMoment, toFieldValue } from './moment.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const read = (text: string) => readMoment(text, NOW);

test('each moment has one text, however it was written', () => {
  const same = [
    '2026-05-01',
    '2026-05-01T00:00Z',
    ' 2026-05-01 00:00:00',
    '2026-05-01t00:00:00.000z',
  ];
  for (const text of [...same, '2026-05-01T08:00:00+08:00', '2026-05-01T08:00:00 08:00']) {
    expect({ [text]: read(text) }).toEqual({ [text]: { moment: '2026-05-01T00:00:00Z' } });
  }
});

test('a moment is kept to the microsecond', () => {
  expect(read('2026-05-01T10:20:30.488606+00:00')).toEqual({
    moment: '2026-05-01T10:20:30.488606Z',
  });
  expect(read('2026-05-01T10:20:30.500Z')).toEqual({ moment: '2026-05-01T10:20:30.5Z' });
  expect(read('2026-05-01T10:20:30.123456789Z')).toEqual({ moment: '2026-05-01T10:20:30.123456Z' });
});

test('what is no moment is told from what has not come yet', () => {
  for (const text of [
    '',
    'yesterday',
    '2026-05',
    '2026-02-31',
    '2026-13-01',
    '2026-05-01T25:00Z',
  ]) {
    expect({ [text]: read(text) }).toEqual({ [text]: { problem: 'unreadable', text } });
  }
  expect(read('2026-11-21')).toEqual({ problem: 'future', text: '2026-11-21' });
  // The server's clock may be ahead; it refuses what is too early.
  expect(read('2026-11-20T12:00:30Z')).toEqual({ moment: '2026-11-20T12:00:30Z' });
});

test("the browser's field has local time, and leads back to the same moment", () => {
  expect(fromFieldValue(toFieldValue('2026-05-01T10:20:30Z'))).toBe('2026-05-01T10:20:30.000Z');
  expect(fromFieldValue('')).toBeUndefined();
  expect(fromFieldValue('soon')).toBeUndefined();
});
