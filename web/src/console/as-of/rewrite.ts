import type {
  DefinitionNode,
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
  VariableDefinitionNode,
} from 'graphql';
import { type AnyVariables, CombinedError, type OperationResult } from 'urql';
import schema from '../../gql/introspection.ts';

// `graphql` itself is no part of the first load, so syntax trees are written down as they are.

/** What stands between the root and the past, under names that no document of ours has. */
const PAST = '_past';
const TIME = '_asOf';

function fieldsOf(type: string): Set<string> {
  const found = schema.__schema.types.find(({ name }) => name === type);
  return new Set(found && 'fields' in found ? found.fields.map(({ name }) => name) : []);
}

const pastFields = fieldsOf('Catalogue');

interface Halves {
  past: SelectionNode[];
  now: SelectionNode[];
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** What the past answers, and what only the present does, each under the conditions it stands under. */
function split({ selections }: SelectionSetNode, fragments: Fragments): Halves {
  const halves: Halves = { past: [], now: [] };
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      halves[pastFields.has(selection.name.value) ? 'past' : 'now'].push(selection);
      continue;
    }
    const inner =
      selection.kind === 'InlineFragment'
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    if (!inner) {
      halves.now.push(selection);
      continue;
    }
    const { directives = [] } = selection;
    const parts = split(inner, fragments);
    for (const half of ['past', 'now'] as const) {
      if (parts[half].length > 0) {
        halves[half].push({
          kind: 'InlineFragment',
          directives,
          selectionSet: { kind: 'SelectionSet', selections: parts[half] },
        } as SelectionNode);
      }
    }
  }
  return halves;
}

const name = (value: string) => ({ kind: 'Name', value });
const time = { kind: 'Variable', name: name(TIME) };

const declaration = {
  kind: 'VariableDefinition',
  variable: time,
  type: { kind: 'NonNullType', type: { kind: 'NamedType', name: name('DateTime') } },
} as VariableDefinitionNode;

function asPast(selections: SelectionNode[]): SelectionNode {
  return {
    kind: 'Field',
    alias: name(PAST),
    name: name('at'),
    arguments: [{ kind: 'Argument', name: name('time'), value: time }],
    selectionSet: { kind: 'SelectionSet', selections },
  } as SelectionNode;
}

const isQuery = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === 'OperationDefinition' && definition.operation === 'query';

const isFragment = (definition: DefinitionNode): definition is FragmentDefinitionNode =>
  definition.kind === 'FragmentDefinition';

const rewritten = new WeakMap<DocumentNode, DocumentNode>();

/**
 * The same query of the past: the fields of its root that `Catalogue` has too are asked of
 * `at(time:)`; the others, such as `viewer`, of the present. Fragments below the root fit both.
 */
export function rewriteDocument(document: DocumentNode): DocumentNode {
  const known = rewritten.get(document);
  if (known) {
    return known;
  }
  const made = rewrite(document);
  rewritten.set(document, made);
  return made;
}

function rewrite(document: DocumentNode): DocumentNode {
  const query = document.definitions.find(isQuery);
  const fragments = new Map(
    document.definitions.filter(isFragment).map((each) => [each.name.value, each]),
  );
  const { past, now } = query ? split(query.selectionSet, fragments) : { past: [], now: [] };
  if (!query || past.length === 0) {
    return document;
  }
  const operation: OperationDefinitionNode = {
    ...query,
    variableDefinitions: [...(query.variableDefinitions ?? []), declaration],
    selectionSet: { ...query.selectionSet, selections: [asPast(past), ...now] },
  };
  // Fragments on the root have been written out; an unused one would be refused.
  const others = document.definitions.filter(
    (each) => each !== query && !(isFragment(each) && each.typeCondition.name.value === 'Query'),
  );
  return { kind: 'Document', definitions: [operation, ...others] } as DocumentNode;
}

/** The variables that the rewritten document takes. */
export function rewriteVariables<V extends AnyVariables>(
  document: DocumentNode,
  variables: V,
  moment: string,
): V {
  return rewriteDocument(document) === document ? variables : { ...variables, [TIME]: moment };
}

/** The answer as the query had asked for it, with errors where they belong in that. */
export function liftResult(result: OperationResult): OperationResult {
  const { data, error } = result;
  return {
    ...result,
    data: data && PAST in data ? liftData(data) : data,
    ...(error && { error: liftError(error) }),
  };
}

function liftData({ [PAST]: past, ...now }: Record<string, object | null>) {
  const { __typename, ...fields } = (past ?? {}) as Record<string, unknown>;
  return { ...now, ...fields };
}

function liftError(error: CombinedError): CombinedError {
  if (!error.graphQLErrors.some(({ path }) => path?.[0] === PAST)) {
    return error;
  }
  const lifted = error.graphQLErrors.map(({ message, path, extensions }) => ({
    message,
    ...(path && { path: path[0] === PAST ? path.slice(1) : path }),
    extensions,
  }));
  return new CombinedError({ graphQLErrors: lifted, response: error.response });
}
