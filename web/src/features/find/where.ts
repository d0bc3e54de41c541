import type {
  CompareFindQueryVariables,
  ModelWhere,
  StringFilter,
  SupplierWhere,
} from '../../gql/graphql.ts';

/** More words than anybody types don't make a question larger. */
const MOST_WORDS = 8;

const called = (filter: StringFilter): ModelWhere[] => [
  { name: filter },
  { displayName: filter },
  { alias: filter },
];

/** As it was typed, and as keys are written: `claude sonnet`, `claude-sonnet`. */
function spellingsOf(text: string): string[] {
  return [...new Set([text, text.replace(/\s+/g, '-')])];
}

/**
 * Models are asked for by what they are called, too: what is found anywhere in their texts may be so much that those are
 * not on its first page.
 */
export function modelsCalled(text: string): CompareFindQueryVariables {
  if (text === '') {
    return { exactly: { id: { in: [] } }, beginning: {}, holding: {}, anywhere: {} };
  }
  const spellings = spellingsOf(text);
  const cases = spellings.flatMap((each) => [each, each.toLowerCase(), each.toUpperCase()]);
  const words = text.split(/\s+/).slice(0, MOST_WORDS);
  return {
    exactly: { or: called({ in: [...new Set(cases)] }) },
    beginning: { or: spellings.flatMap((startsWith) => called({ startsWith })) },
    holding: { and: words.map((contains) => ({ or: called({ contains }) })) },
    anywhere: { search: text },
  };
}

export function suppliersCalled(text: string): SupplierWhere {
  return {
    or: spellingsOf(text).flatMap((startsWith) => [
      { name: { startsWith } },
      { displayName: { startsWith } },
    ]),
  };
}
