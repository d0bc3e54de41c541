import { expect, test } from 'vitest';
import { expectedVersionOf, knownVersions, LATEST } from './pointers.ts';

const version = (id: number) => ({ id: `ModelVersion:${id}`, label: `v${id}` });

test('a version that is not listed yet is known by the pointer to it, below those that are', () => {
  const pointers = [{ modelVersion: version(1) }, { modelVersion: version(9) }];
  expect(knownVersions([version(9), version(8)], pointers)).toEqual([
    version(9),
    version(8),
    version(1),
  ]);
});

test('a pointer is moved from where it was seen, however it has been moved since', async () => {
  const seen = { pointers: [{ name: 'production', version: 3 }] };
  const now = { pointers: [{ name: 'production', version: 4 }] };
  expect(await expectedVersionOf('production', seen, async () => now)).toBe(3);
});

test('a name that nobody had is set, unless somebody has it by now', async () => {
  const seen = { pointers: [] };
  const now = { pointers: [{ name: 'production', version: 1 }] };
  expect(await expectedVersionOf('canary', seen, async () => now)).toBeNull();
  expect(await expectedVersionOf('production', seen, async () => now)).toBe(0);
});

test('of the one that follows by itself nothing is expected', async () => {
  const seen = { pointers: [{ name: LATEST, version: 3 }] };
  expect(await expectedVersionOf(LATEST, seen, async () => seen)).toBeNull();
});
