import type { DocumentType } from '../../gql/index.ts';
import { graphql } from '../../gql/index.ts';

/** All that is set side by side, and counted with. */
export const CompareModelFragment = graphql(`
  fragment CompareModel on Model {
    id
    databaseId
    name
    displayName
    description
    modelType
    subType
    isDefault
    isActive
    lifecycleStage
    deprecatedOn
    retiresOn
    releasedOn
    knowledgeCutoff
    deletedAt
    supplier {
      id
      name
      displayName
    }
    successor {
      id
      databaseId
      name
      displayName
    }
    parameters {
      id
      name
      value
      minimum
      maximum
      allowedValues
    }
    capabilities {
      id
      support
      config
      capability {
        id
        name
        displayName
      }
    }
    categories {
      id
      path
      displayName
    }
    prices {
      id
      component
      amount
      currency
      unit
      serviceMode
      minContextTokens
    }
  }
`);

export type CompareModel = DocumentType<typeof CompareModelFragment>;
export type ComparePrice = CompareModel['prices'][number];

export const CompareDocument = graphql(`
  query Compare($ids: [ID!]!) {
    nodes(ids: $ids, deleted: INCLUDE) {
      __typename
      id
      ... on Model {
        ...CompareModel
      }
    }
  }
`);

/** Models to add, by what they are called. */
export const CompareFindDocument = graphql(`
  query CompareFind(
    $exactly: ModelWhere
    $beginning: ModelWhere
    $holding: ModelWhere
    $anywhere: ModelWhere
  ) {
    ...FoundModels
  }
`);

/** Other models' places in the chart. */
export const CompareOthersDocument = graphql(`
  query CompareOthers(
    $where: ModelWhere
    $orderBy: [ModelOrder!]!
    $component: PriceComponent!
    $currency: String!
    $first: Int!
    $after: String
  ) {
    models(where: $where, first: $first, after: $after, orderBy: $orderBy) {
      totalCount
      nodes {
        id
        databaseId
        name
        displayName
        supplier {
          id
          name
          displayName
        }
        parameters(names: ["context_window"]) {
          id
          value
        }
        price(component: $component, currency: $currency) {
          id
          amount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
