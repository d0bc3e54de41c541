import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
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

const schema = buildSchema(
  readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'),
);

/** What the server may refuse in a change. */
const refused = new Set(
  Object.values(schema.getMutationType()?.getFields() ?? {})
    .flatMap(({ args }) => args.map(({ type }) => getNamedType(type)))
    .flatMap((input) => namesOf(input)),
);

/** What the history tells of objects: their fields, and by id what they belong to. */
const recorded = new Set(
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => 'history' in type.getFields())
    .flatMap((type) => [
      ...Object.keys(type.getFields()),
      `${type.name.charAt(0).toLowerCase()}${type.name.slice(1)}Id`,
    ]),
);

test('each field that the server may refuse has a name', () => {
  const names = new Set(refused);
  names.delete('id');
  names.delete('expectedVersion');
  expect(names.size).toBeGreaterThan(50);
  expect([...names].filter((name) => !(name in fields))).toEqual([]);
});

test('each name is one of a field that the schema has', () => {
  expect(Object.keys(fields).filter((name) => !refused.has(name) && !recorded.has(name))).toEqual(
    [],
  );
});
