import { type DocumentType, graphql } from '../../gql/index.ts';

/** A model as a row of the matrix. */
export const MatrixRowFragment = graphql(`
  fragment MatrixRow on Model {
    id
    databaseId
    name
    displayName
    supplier {
      id
      name
      displayName
    }
    capabilities {
      id
      support
      config
      isDefault
      capability {
        id
        name
      }
    }
  }
`);

export type MatrixRow = DocumentType<typeof MatrixRowFragment>;

/** A page of models, and how many of all that are asked for have what. */
export const MatrixDocument = graphql(`
  query Matrix($where: ModelWhere, $first: Int, $after: String, $last: Int, $before: String) {
    models(where: $where, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      nodes {
        id
        ...MatrixRow
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      facets {
        capabilities {
          value
          count
        }
      }
    }
  }
`);

/** What can be a column; a page of them at a time. */
export const ColumnChoicesDocument = graphql(`
  query ColumnChoices($after: String) {
    capabilities(first: 100, after: $after, orderBy: [{ field: DISPLAY_NAME }]) {
      nodes {
        id
        name
        displayName
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** What most models have, and which suppliers there are. */
export const MatrixFacetsDocument = graphql(`
  query MatrixFacets {
    models(first: 1) {
      facets {
        capabilities {
          value
          count
        }
        suppliers {
          value
          label
          count
        }
      }
    }
  }
`);

export const AttachDocument = graphql(`
  mutation SetSupport($input: AttachCapabilitiesInput!) {
    attachCapabilities(input: $input) {
      model {
        id
        ...MatrixRow
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const DetachDocument = graphql(`
  mutation ForgetSupport($input: DetachCapabilitiesInput!) {
    detachCapabilities(input: $input) {
      model {
        id
        ...MatrixRow
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

/** A capability as a row of the list, and what its form changes. */
export const CapabilityFragment = graphql(`
  fragment CapabilityRow on Capability {
    id
    name
    displayName
    description
    domain
    capabilityType
    inputTypes
    outputTypes
    isActive
    version
    updatedAt
    deletedAt
    unsupported: models(first: 1, support: UNSUPPORTED) {
      totalCount
    }
  }
`);

export type CapabilityRow = DocumentType<typeof CapabilityFragment>;

export const CapabilitiesDocument = graphql(`
  query CapabilityRows(
    $where: CapabilityWhere
    $orderBy: [CapabilityOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    capabilities(
      where: $where
      orderBy: $orderBy
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      nodes {
        id
        ...CapabilityRow
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
    # One answer for all, where each capability would have to be counted on its own.
    models(first: 1) {
      facets {
        capabilities {
          value
          count
        }
      }
    }
  }
`);

export const CreateCapabilityDocument = graphql(`
  mutation CreateCapability($input: CreateCapabilityInput!) {
    createCapability(input: $input) {
      capability {
        id
        ...CapabilityRow
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const UpdateCapabilityDocument = graphql(`
  mutation UpdateCapability($input: UpdateCapabilityInput!) {
    updateCapability(input: $input) {
      capability {
        id
        ...CapabilityRow
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const DeleteCapabilityDocument = graphql(`
  mutation DeleteCapability($input: DeleteCapabilityInput!) {
    deleteCapability(input: $input) {
      capability {
        id
        deletedAt
        version
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const RestoreCapabilityDocument = graphql(`
  mutation RestoreCapability($input: RestoreCapabilityInput!) {
    restoreCapability(input: $input) {
      capability {
        id
        deletedAt
        version
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);
