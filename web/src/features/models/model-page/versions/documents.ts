import { type DocumentType, graphql } from '../../../../gql/index.ts';

export const VersionFragment = graphql(`
  fragment VersionLine on ModelVersion {
    id
    databaseId
    label
    notes
    createdAt
    pointers {
      id
      name
    }
  }
`);

export type Version = DocumentType<typeof VersionFragment>;

export const VersionsFragment = graphql(`
  fragment ModelVersions on Model {
    id
    databaseId
    name
    displayName
    deletedAt
    version
    pointers {
      id
      name
      version
      modelVersion {
        id
        label
      }
    }
    versions(first: 20) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...VersionLine
      }
    }
  }
`);

export type VersionedModel = DocumentType<typeof VersionsFragment>;

export const OlderVersionsDocument = graphql(`
  query OlderVersions($id: ID!, $after: String!) {
    node(id: $id, deleted: INCLUDE) {
      id
      ... on Model {
        versions(first: 100, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            ...VersionLine
          }
        }
      }
    }
  }
`);

/** What differs. The kinds have fields of the same names and of different types. */
export const DifferenceFragment = graphql(`
  fragment Difference on ModelDifference {
    __typename
    ... on FieldDifference {
      field
      change
      fieldBefore: before
      fieldAfter: after
    }
    ... on AliasDifference {
      alias
      change
    }
    ... on ParameterDifference {
      name
      change
      parameterBefore: before {
        ...ParameterState
      }
      parameterAfter: after {
        ...ParameterState
      }
    }
    ... on CapabilityDifference {
      name
      change
      capabilityBefore: before {
        ...CapabilityState
      }
      capabilityAfter: after {
        ...CapabilityState
      }
    }
    ... on CategoryDifference {
      path
      change
    }
    ... on PriceDifference {
      component
      serviceMode
      minContextTokens
      currency
      validFrom
      change
      amountBefore: before
      amountAfter: after
      validUntilBefore
      validUntilAfter
    }
  }
`);

export const ParameterStateFragment = graphql(`
  fragment ParameterState on ModelParameterState {
    type
    value
    isDefault
    minimum
    maximum
    allowedValues
    description
  }
`);

export const CapabilityStateFragment = graphql(`
  fragment CapabilityState on ModelCapabilityState {
    support
    isDefault
    config
  }
`);

export type Difference = DocumentType<typeof DifferenceFragment>;

export const CompareDocument = graphql(`
  query CompareVersions($a: ModelStateRef!, $b: ModelStateRef!) {
    compareModelVersions(a: $a, b: $b) {
      identical
      differences {
        ...Difference
      }
    }
  }
`);

/** Without the model: what is answered of it would be taken for what it is. */
export const PreviewRollbackDocument = graphql(`
  mutation PreviewRollback($input: RollbackModelInput!) {
    rollbackModel(input: $input) {
      differences {
        ...Difference
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

/** The page's model, to be seen anew. */
export const SeenModelDocument = graphql(`
  query SeenModel($id: ID!) {
    node(id: $id, deleted: INCLUDE) {
      __typename
      id
      ... on Model {
        ...ModelVersions
        ...ModelPageModel
      }
    }
  }
`);
