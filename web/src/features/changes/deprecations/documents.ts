import { type DocumentType, graphql } from '../../../gql/index.ts';

export const DeprecationFragment = graphql(`
  fragment DeprecationRow on Deprecation {
    model {
      id
      name
      displayName
      isActive
      isDefault
      supplier {
        id
        name
        displayName
      }
    }
    successor {
      id
      name
      displayName
      supplier {
        id
        name
        displayName
      }
    }
    steps {
      on
      stage
      inEffect
    }
  }
`);

export type DeprecationRow = DocumentType<typeof DeprecationFragment>;

export const DeprecationsDocument = graphql(`
  query Deprecations($before: Date!, $first: Int, $after: String) {
    deprecations(before: $before, first: $first, after: $after) {
      nodes {
        ...DeprecationRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
