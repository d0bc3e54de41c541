import { type DocumentType, graphql } from '../../../gql/index.ts';

export const ChangeSetFactsFragment = graphql(`
  fragment ChangeSetFacts on ChangeSet {
    id
    actor
    channel
    operation
    reason
    requestId
    createdAt
    source {
      name
      format
      date
      hash
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
  }
`);

export type ChangeSetFacts = DocumentType<typeof ChangeSetFactsFragment>;

export const ChangeSetDocument = graphql(`
  query ChangeSetPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    changeSet(id: $id) {
      id
      totalCount
      ...ChangeSetFacts
      changes(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          number
          ...ChangeLine
          model {
            id
            name
            displayName
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`);

export type ChangeOfSet = NonNullable<
  DocumentType<typeof ChangeSetDocument>['changeSet']
>['changes']['nodes'][number];
