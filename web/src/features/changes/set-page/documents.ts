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

export const ChangeOfSetFragment = graphql(`
  fragment ChangeOfSet on Change {
    number
    ...ChangeLine
    model {
      id
      name
      displayName
    }
  }
`);

export type ChangeOfSet = DocumentType<typeof ChangeOfSetFragment>;

export const ChangeSetDocument = graphql(`
  query ChangeSetPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    changeSet(id: $id) {
      id
      totalCount
      ...ChangeSetFacts
      start: changes(first: 1) {
        nodes {
          number
          type
          cursor
          ...ChangeOfSet
        }
      }
      changes(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          number
          ...ChangeOfSet
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

/** The changes of a set can't be chosen from, but those of the feed, where a set's stand together. */
export const ChangesOfKindDocument = graphql(`
  query ChangesOfKind($types: [ChangeKind!]!, $after: String!, $first: Int!) {
    changes(types: $types, after: $after, first: $first) {
      endCursor
      nodes {
        number
        changeSet {
          id
        }
        ...ChangeOfSet
      }
    }
  }
`);
