import { graphql } from '../../../gql/index.ts';

export const CreateModelDocument = graphql(`
  mutation CreateModel($input: CreateModelInput!) {
    createModel(input: $input) {
      model {
        id
        databaseId
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

/** For an address that says whose model is to be made. */
export const SupplierDocument = graphql(`
  query SupplierOfNewModel($id: ID!) {
    node(id: $id) {
      id
      ... on Supplier {
        name
        displayName
      }
    }
  }
`);
