import { expect, test } from 'vitest';
import { treeLines } from './category-tree.ts';

const category = (path: string) => ({ id: path, path, displayName: path.split('/').at(-1) ?? '' });

test('a flat list becomes a tree in the order of names', () => {
  const list = ['llm/chat', 'vision', 'llm', 'llm/chat/small', 'llm/base', 'gone/below'];
  const lines = treeLines(list.map(category), new Set());
  expect(lines.map(({ label, depth }) => [depth, label])).toEqual([
    [0, 'below'],
    [0, 'llm'],
    [1, 'base'],
    [1, 'chat'],
    [2, 'small'],
    [0, 'vision'],
  ]);
});

test('what is chosen already can not be chosen again', () => {
  const lines = treeLines([category('llm'), category('llm/chat')], new Set(['llm/chat']));
  expect(lines.map(({ disabled }) => disabled)).toEqual([false, true]);
});
