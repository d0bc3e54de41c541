import * as v from 'valibot';
import { expect, test } from 'vitest';
import { modelSearch, readSides, type Side, writeSides } from './search.ts';

test('what is compared is written into the address, and read again', () => {
  const pairs: [Side, Side][] = [
    [3, 7],
    [3, 'shown'],
    ['shown', 12],
  ];
  for (const sides of pairs) {
    const { compare } = v.parse(modelSearch, { compare: writeSides(sides) });
    expect(readSides(compare)).toEqual(sides);
  }
});

test('what says nothing of the kind is as if it were not there', () => {
  for (const compare of [undefined, '', '3', '3..', '..7', '3..later', ['1..2'], 5]) {
    expect(v.parse(modelSearch, { compare })).toEqual({ compare: undefined });
  }
  expect(readSides(undefined)).toBeUndefined();
});
