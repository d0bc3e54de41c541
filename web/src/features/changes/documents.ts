import { type DocumentType, graphql } from '../../gql/index.ts';

export const ChangeSetRowFragment = graphql(`
  fragment ChangeSetRow on ChangeSet {
    id
    actor
    channel
    operation
    reason
    createdAt
    source {
      name
      format
      date
    }
    reverts {
      id
    }
    revertedBy {
      id
    }
    summary {
      type
      operation
      count
    }
    changes(first: 3) {
      nodes {
        number
        operation
        objectId
        object {
          id
          ... on Supplier {
            name
            displayName
          }
          ... on Category {
            name
            title: displayName
          }
          ... on Capability {
            name
            title: displayName
          }
        }
        model {
          id
          name
          displayName
        }
        fields {
          field
        }
      }
    }
  }
`);

export type ChangeSetRow = DocumentType<typeof ChangeSetRowFragment>;

export const ChangeSetsDocument = graphql(`
  query ChangeSets(
    $where: ChangeSetWhere
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    changeSets(where: $where, first: $first, after: $after, last: $last, before: $before) {
      nodes {
        id
        ...ChangeSetRow
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);
