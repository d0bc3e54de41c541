import type { DocumentType } from '../../gql/index.ts';
import { graphql } from '../../gql/index.ts';

/** What a row of the table shows, and a download has. */
export const ModelRowFragment = graphql(`
  fragment ModelRow on Model {
    id
    databaseId
    name
    displayName
    supplier {
      id
      name
      displayName
    }
    modelType
    subType
    lifecycleStage
    isActive
    isDefault
    deletedAt
    version
    releasedOn
    knowledgeCutoff
    updatedAt
    parameters(names: ["context_window", "max_output_tokens"]) {
      id
      name
      value
    }
    inputPrice: price(component: INPUT) {
      id
      amount
      currency
      unit
    }
    outputPrice: price(component: OUTPUT) {
      id
      amount
      currency
      unit
    }
    capabilities {
      id
      support
      capability {
        id
        name
        displayName
      }
    }
  }
`);

export type ModelRow = DocumentType<typeof ModelRowFragment>;

export const ModelsDocument = graphql(`
  query Models(
    $where: ModelWhere
    $orderBy: [ModelOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    models(
      where: $where
      orderBy: $orderBy
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      nodes {
        id
        ...ModelRow
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

/** Each filter is counted under all the others: what choosing one more value would give. */
export const FacetsDocument = graphql(`
  query ModelFacets(
    $all: ModelWhere
    $supplier: ModelWhere
    $type: ModelWhere
    $subType: ModelWhere
    $stage: ModelWhere
  ) {
    all: models(where: $all, first: 1) {
      totalCount
      facets {
        capabilities {
          ...Facet
        }
      }
    }
    supplier: models(where: $supplier, first: 1) {
      facets {
        suppliers {
          ...Facet
        }
      }
    }
    type: models(where: $type, first: 1) {
      facets {
        modelTypes {
          ...Facet
        }
      }
    }
    subType: models(where: $subType, first: 1) {
      facets {
        subTypes {
          ...Facet
        }
      }
    }
    stage: models(where: $stage, first: 1) {
      facets {
        lifecycleStages {
          ...Facet
        }
      }
    }
  }
`);

export const FacetFragment = graphql(`
  fragment Facet on FacetCount {
    value
    label
    count
  }
`);

/** What chosen values are called that no count is left of. */
export const ChosenNamesDocument = graphql(`
  query ChosenNames($suppliers: [String!]!, $capabilities: [String!]!) {
    suppliers(where: { name: { in: $suppliers } }, first: 100) {
      nodes {
        id
        name
        displayName
      }
    }
    capabilities(where: { name: { in: $capabilities } }, first: 100) {
      nodes {
        id
        name
        displayName
      }
    }
  }
`);

/** The categories as a flat list, each with the models in it and below it: asked for when somebody looks. */
export const CategoriesDocument = graphql(`
  query ModelCategories($where: ModelWhere) {
    categories(first: 100) {
      nodes {
        id
        path
        displayName
        depth
        models(where: $where, includeDescendants: true, first: 1) {
          totalCount
        }
      }
    }
  }
`);

export const UpdateModelDocument = graphql(`
  mutation ChangeModel($input: UpdateModelInput!) {
    updateModel(input: $input) {
      model {
        id
        ...ModelRow
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

export const DeleteModelDocument = graphql(`
  mutation DeleteModel($input: DeleteModelInput!) {
    deleteModel(input: $input) {
      model {
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

export const RestoreModelDocument = graphql(`
  mutation RestoreModel($input: RestoreModelInput!) {
    restoreModel(input: $input) {
      model {
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

export const CategorizeDocument = graphql(`
  mutation CategorizeModel($input: AttachCategoriesInput!) {
    attachCategories(input: $input) {
      model {
        id
        categories {
          id
        }
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

export const AttachCapabilityDocument = graphql(`
  mutation AttachCapability($input: AttachCapabilitiesInput!) {
    attachCapabilities(input: $input) {
      model {
        id
        ...ModelRow
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

/** What models can be given, all at once. */
export const ChoicesDocument = graphql(`
  query BulkChoices {
    categories(first: 100) {
      nodes {
        id
        displayName
        depth
      }
    }
    capabilities(first: 100, orderBy: [{ field: DISPLAY_NAME }]) {
      nodes {
        id
        displayName
      }
    }
  }
`);
