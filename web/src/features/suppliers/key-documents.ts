import { type DocumentType, graphql } from '../../gql/index.ts';

export const SupplierKeyFragment = graphql(`
  fragment SupplierKeyRow on SupplierKey {
    id
    label
    hint
    status
    isActive
    ageDays
    createdAt
    expiresAt
    rotatedAt
    lastUsedAt
    weight
    masterKey
    version
  }
`);

export type SupplierKeyRow = DocumentType<typeof SupplierKeyFragment>;

export const KeysDocument = graphql(`
  query SupplierKeys($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Supplier {
        keys {
          id
          ...SupplierKeyRow
        }
      }
    }
  }
`);

export const CreateKeyDocument = graphql(`
  mutation CreateSupplierKey($input: CreateSupplierKeyInput!) {
    createSupplierKey(input: $input) {
      supplierKey {
        id
        ...SupplierKeyRow
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const UpdateKeyDocument = graphql(`
  mutation UpdateSupplierKey($input: UpdateSupplierKeyInput!) {
    updateSupplierKey(input: $input) {
      supplierKey {
        id
        ...SupplierKeyRow
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const RotateKeyDocument = graphql(`
  mutation RotateSupplierKey($input: RotateSupplierKeyInput!) {
    rotateSupplierKey(input: $input) {
      supplierKey {
        id
        ...SupplierKeyRow
      }
      previous {
        id
        ...SupplierKeyRow
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const DeleteKeyDocument = graphql(`
  mutation DeleteSupplierKey($input: DeleteSupplierKeyInput!) {
    deleteSupplierKey(input: $input) {
      supplierKey {
        id
        version
        deletedAt
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const RestoreKeyDocument = graphql(`
  mutation RestoreSupplierKey($input: RestoreSupplierKeyInput!) {
    restoreSupplierKey(input: $input) {
      supplierKey {
        id
        version
        deletedAt
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);
