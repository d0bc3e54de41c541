import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { fields } from '../locales/en/fields.ts';

/** The names of an input's fields, and of the inputs within. */
function namesOf(type: unknown, seen = new Set<unknown>()): string[] {
  if (!isInputObjectType(type) || seen.has(type)) {
    return [];
  }
  seen.add(type);
  return Object.values(type.getFields()).flatMap((field) => [
    field.name,
    ...namesOf(getNamedType(field.type), seen),
  ]);
}

test('each field that the server may refuse has a name', () => {
  const schema = buildSchema(
    readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'),
  );
  const inputs = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ args }) =>
    args.map(({ type }) => getNamedType(type)),
  );
  const names = new Set(inputs.flatMap((input) => namesOf(input)));
  names.delete('id');
  names.delete('expectedVersion');
  expect(names.size).toBeGreaterThan(50);
  expect([...names].filter((name) => !(name in fields))).toEqual([]);
});
