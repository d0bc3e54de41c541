import { buildSchema, type DocumentNode, parse, print, validate } from 'graphql';
import { CombinedError, type Operation, type OperationResult } from 'urql';
import { expect, test } from 'vitest';
import sdl from '../../../../schema.graphql?raw';
import { FacetsDocument, ModelsDocument } from '../../features/models/documents.ts';
import { liftResult, rewriteDocument, rewriteVariables } from './rewrite.ts';

const schema = buildSchema(sdl);
const MOMENT = '2026-05-01T00:00:00Z';

/** The rewritten text, which the server's schema must take. */
function rewrite(document: DocumentNode): string {
  const made = rewriteDocument(document);
  expect(validate(schema, made).map(({ message }) => message)).toEqual([]);
  return print(made);
}

const plain = (text: string) => print(parse(text));

test('what the past has is asked of it, by the same names and variables', () => {
  const before = parse(`query Some($first: Int!, $where: ModelWhere) {
    cheap: models(first: $first, where: $where) { nodes { ...Row } }
    node(id: "Model:1") { __typename id }
  }
  fragment Row on Model { id supplier { ...Who } }
  fragment Who on Supplier { id name }`);
  expect(rewrite(before)).toBe(
    plain(`query Some($first: Int!, $where: ModelWhere, $_asOf: DateTime!) {
      _past: at(time: $_asOf) {
        cheap: models(first: $first, where: $where) { nodes { ...Row } }
        node(id: "Model:1") { __typename id }
      }
    }
    fragment Row on Model { id supplier { ...Who } }
    fragment Who on Supplier { id name }`),
  );
  expect(rewriteVariables(before, { first: 2 }, MOMENT)).toEqual({ first: 2, _asOf: MOMENT });
});

test('what only the present has stays with it', () => {
  const before = parse('{ __typename viewer { name } suppliers { totalCount } changeFeedCursor }');
  expect(rewrite(before)).toBe(
    plain(`query ($_asOf: DateTime!) {
      _past: at(time: $_asOf) { suppliers { totalCount } }
      __typename viewer { name } changeFeedCursor
    }`),
  );
});

test('a query of the present alone stays as it is, and so do its variables', () => {
  const before = parse(
    'query Set($id: ID!) { __typename viewer { name } changeSet(id: $id) { id } }',
  );
  const variables = { id: 'ChangeSet:1' };
  expect(rewriteDocument(before)).toBe(before);
  expect(rewriteVariables(before, variables, MOMENT)).toBe(variables);
});

test('a change is never rewritten', () => {
  const before = parse('mutation { deleteModel(input: { id: "Model:1" }) { changeSet { id } } }');
  expect(rewriteDocument(before)).toBe(before);
});

test('fragments on the root are divided, however deep, with their conditions', () => {
  const before = parse(`query Both($all: Boolean!) {
    ...Outer @include(if: $all)
    ... on Query @skip(if: $all) { viewer { name } }
  }
  fragment Outer on Query { changeFeedCursor ...Inner }
  fragment Inner on Query { models { ...Count } viewer { name } }
  fragment Count on ModelConnection { totalCount }`);
  expect(rewrite(before)).toBe(
    plain(`query Both($all: Boolean!, $_asOf: DateTime!) {
      _past: at(time: $_asOf) { ... @include(if: $all) { ... { models { ...Count } } } }
      ... @include(if: $all) { changeFeedCursor ... { viewer { name } } }
      ... @skip(if: $all) { viewer { name } }
    }
    fragment Count on ModelConnection { totalCount }`),
  );
});

test("the models page's queries are taken by the schema, and are made anew only once", () => {
  for (const document of [ModelsDocument, FacetsDocument] as unknown as DocumentNode[]) {
    expect(rewrite(document)).toContain('_past: at(time: $_asOf)');
    expect(rewriteDocument(document)).toBe(rewriteDocument(document));
  }
});

const answer = (result: Partial<OperationResult>) =>
  liftResult({
    operation: {} as Operation,
    stale: false,
    hasNext: false,
    ...result,
  } as OperationResult);

test('the answer is as if the present had been asked', () => {
  const models = { totalCount: 3 };
  const { data } = answer({
    data: {
      __typename: 'Query',
      _past: { __typename: 'Catalogue', models },
      viewer: { name: 'me' },
    },
  });
  expect(data).toEqual({ __typename: 'Query', models, viewer: { name: 'me' } });
});

test('an error stands where the query would have had it', () => {
  const error = new CombinedError({
    graphQLErrors: [
      {
        message: 'no such cursor',
        path: ['_past', 'models'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
      { message: 'not you', path: ['viewer'] },
      { message: 'the whole' },
    ],
  });
  const lifted = answer({ data: null, error }).error;
  expect(lifted?.graphQLErrors.map(({ path }) => path)).toEqual([
    ['models'],
    ['viewer'],
    undefined,
  ]);
  expect(lifted?.graphQLErrors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  expect(lifted?.message).toContain('no such cursor');
});

test('what could not be asked stays an error as it was', () => {
  const error = new CombinedError({ networkError: new Error('away') });
  expect(answer({ data: undefined, error })).toMatchObject({ data: undefined, error });
});
