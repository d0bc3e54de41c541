import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { SavedQuery } from './saved-queries.ts';

type Module = typeof import('./saved-queries.ts');

let { readStored, readFile, writeFile, withSaved, without, renamed, withImported } = {} as Module;

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('addEventListener', () => {});
  ({ readStored, readFile, writeFile, withSaved, without, renamed, withImported } = await import(
    './saved-queries.ts'
  ));
});

const saved = (name: string, query = `query ${name} { a }`): SavedQuery => ({
  name,
  query,
  variables: '',
  savedAt: '2026-01-02T03:04:05.678Z',
});
const names = (queries: readonly SavedQuery[]) => queries.map(({ name }) => name);

describe('what is stored may be anything', () => {
  test.each([null, '', '{', '{}', 'null', '[null, 1, {}]', '[{"name": " ", "query": "{ a }"}]'])(
    '%s holds nothing',
    (stored) => {
      expect(readStored(stored)).toEqual([]);
    },
  );

  test('the good ones are kept, and what they lack is filled in', () => {
    const stored = JSON.stringify([{ name: ' x ', query: '{ a }', variables: 1 }, { name: 'y' }]);
    expect(readStored(stored)).toEqual([
      { name: 'x', query: '{ a }', variables: '', savedAt: '1970-01-01T00:00:00.000Z' },
    ]);
  });
});

test('saving under a name that is there replaces it', () => {
  const queries = withSaved(withSaved([], saved('b')), saved('a'));
  expect(names(queries)).toEqual(['a', 'b']);
  const replaced = withSaved(queries, saved('a', '{ b }'));
  expect(replaced.map(({ query }) => query)).toEqual(['{ b }', 'query b { a }']);
  expect(names(without(replaced, 'a'))).toEqual(['b']);
  expect(names(renamed(replaced, 'a', 'c'))).toEqual(['b', 'c']);
});

describe('a file', () => {
  test('is read as it was written', () => {
    const queries = [saved('a'), saved('名称', 'query { a(b: "\\"\u2028") }')];
    expect(readFile(writeFile(queries))).toEqual({ queries, dropped: 0 });
  });

  test.each(['', '[]', '{"queries": []}', '{"format": "other", "queries": []}'])(
    '%s is none',
    (text) => {
      expect(readFile(text)).toBeNull();
    },
  );

  test('tells how many of it could not be read', () => {
    const text = JSON.stringify({ format: 'modelry saved queries', queries: [saved('a'), 1, {}] });
    expect(readFile(text)).toEqual({ queries: [saved('a')], dropped: 2 });
  });

  test('overwrites nothing, and brings nothing twice', () => {
    const mine = [saved('a', '{ mine }')];
    const once = withImported(mine, [saved('a', '{ theirs }'), saved('b')]);
    expect(names(once.queries)).toEqual(['a', 'a (2)', 'b']);
    expect(once.added).toBe(2);
    expect(withImported(once.queries, [saved('a', '{ theirs }'), saved('b')]).added).toBe(0);
  });
});
