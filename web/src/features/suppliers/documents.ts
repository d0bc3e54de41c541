import { type DocumentType, graphql } from '../../gql/index.ts';

export const SupplierRowFragment = graphql(`
  fragment SupplierRow on Supplier {
    id
    databaseId
    name
    displayName
    category
    adapter
    isActive
    updatedAt
    deletedAt
    models(first: 1) {
      totalCount
    }
  }
`);

export type SupplierRow = DocumentType<typeof SupplierRowFragment>;

export const SuppliersDocument = graphql(`
  query Suppliers(
    $where: SupplierWhere
    $orderBy: [SupplierOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    suppliers(
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
        ...SupplierRow
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

/** All that a form changes, and the page shows. */
export const SupplierFragment = graphql(`
  fragment SupplierDetails on Supplier {
    id
    databaseId
    name
    displayName
    description
    category
    adapter
    website
    baseUrl
    apiEndpoint
    apiUrl
    apiDocs
    apiKeyRequired
    logo
    isActive
    version
    createdAt
    updatedAt
    deletedAt
  }
`);

export type SupplierDetails = DocumentType<typeof SupplierFragment>;

export const SupplierDocument = graphql(`
  query SupplierPage($id: ID!) {
    node(id: $id, deleted: INCLUDE) {
      __typename
      id
      ... on Supplier {
        ...SupplierDetails
        ...SupplierModels
        extra
      }
    }
  }
`);

export const CreateSupplierDocument = graphql(`
  mutation CreateSupplier($input: CreateSupplierInput!) {
    createSupplier(input: $input) {
      supplier {
        id
        databaseId
        ...SupplierDetails
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

export const UpdateSupplierDocument = graphql(`
  mutation UpdateSupplier($input: UpdateSupplierInput!) {
    updateSupplier(input: $input) {
      supplier {
        id
        ...SupplierDetails
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

export const DeleteSupplierDocument = graphql(`
  mutation DeleteSupplier($input: DeleteSupplierInput!) {
    deleteSupplier(input: $input) {
      supplier {
        id
        ...SupplierDetails
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

export const RestoreSupplierDocument = graphql(`
  mutation RestoreSupplier($input: RestoreSupplierInput!) {
    restoreSupplier(input: $input) {
      supplier {
        id
        ...SupplierDetails
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
