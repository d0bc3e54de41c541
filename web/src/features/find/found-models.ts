import { type FragmentType, graphql, readFragment } from '../../gql/index.ts';
import { rankModels } from './rank.ts';

export const FoundModelFragment = graphql(`
  fragment FoundModel on Model {
    id
    databaseId
    name
    displayName
    releasedOn
    aliases {
      id
      alias
    }
    supplier {
      id
      name
      displayName
    }
  }
`);

/** Its variables are what `modelsCalled` gives. */
export const FoundModelsFragment = graphql(`
  fragment FoundModels on Query {
    exactly: models(where: $exactly, first: 60, orderBy: [{ field: NAME }]) {
      nodes {
        ...FoundModel
      }
    }
    beginning: models(
      where: $beginning
      first: 100
      orderBy: [{ field: RELEASED_ON, direction: DESC }, { field: NAME }]
    ) {
      nodes {
        ...FoundModel
      }
    }
    holding: models(
      where: $holding
      first: 100
      orderBy: [{ field: RELEASED_ON, direction: DESC }, { field: NAME }]
    ) {
      nodes {
        ...FoundModel
      }
    }
    anywhere: models(where: $anywhere, first: 20, orderBy: [{ field: NAME }]) {
      totalCount
      nodes {
        ...FoundModel
      }
    }
  }
`);

/** What is called so before what says so elsewhere, and of how many in all. */
export function foundModels(found: FragmentType<typeof FoundModelsFragment>, text: string) {
  const { exactly, beginning, holding, anywhere } = readFragment(FoundModelsFragment, found);
  const nodes = [exactly, beginning, holding, anywhere].flatMap((connection) =>
    readFragment(FoundModelFragment, connection.nodes),
  );
  return { models: rankModels(nodes, text), total: anywhere.totalCount };
}
