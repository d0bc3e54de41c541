import { expect, test } from 'vitest';
import { piecesOf } from './marked.tsx';

test('finds the words that are sought, whatever is written in them', () => {
  expect(piecesOf('Fast and low-cost', 'AND cost')).toEqual(['Fast ', 'and', ' low-', 'cost', '']);
  expect(piecesOf('a.b(c', '.b(')).toEqual(['a', '.b(', 'c']);
  expect(piecesOf('对话 Chat', '话')).toEqual(['对', '话', ' Chat']);
  expect(piecesOf('Chat', ' ')).toEqual(['Chat']);
});
