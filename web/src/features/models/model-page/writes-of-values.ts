import { write } from '../../../console/forms/answer.ts';
import { graphql } from '../../../gql/index.ts';

export const createParameter = write(
  'createModelParameter',
  graphql(`
    mutation CreateParameter($input: CreateModelParameterInput!) {
      createModelParameter(input: $input) {
        parameter {
          id
          model {
            id
            ...ModelPageModel
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
  `),
);

export const updateParameter = write(
  'updateModelParameter',
  graphql(`
    mutation UpdateParameter($input: UpdateModelParameterInput!) {
      updateModelParameter(input: $input) {
        parameter {
          id
          model {
            id
            ...ModelPageModel
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
  `),
);

export const deleteParameter = write(
  'deleteModelParameter',
  graphql(`
    mutation DeleteParameter($input: DeleteModelParameterInput!) {
      deleteModelParameter(input: $input) {
        parameter {
          id
          model {
            id
            ...ModelPageModel
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
  `),
);

export const createPrice = write(
  'createModelPrice',
  graphql(`
    mutation CreatePrice($input: CreateModelPriceInput!) {
      createModelPrice(input: $input) {
        price {
          id
          model {
            id
            ...ModelPageModel
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
  `),
);

export const updatePrice = write(
  'updateModelPrice',
  graphql(`
    mutation UpdatePrice($input: UpdateModelPriceInput!) {
      updateModelPrice(input: $input) {
        price {
          id
          model {
            id
            ...ModelPageModel
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
  `),
);

export const deletePrice = write(
  'deleteModelPrice',
  graphql(`
    mutation DeletePrice($input: DeleteModelPriceInput!) {
      deleteModelPrice(input: $input) {
        price {
          id
          model {
            id
            ...ModelPageModel
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
  `),
);
