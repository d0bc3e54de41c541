import { write } from '../../../console/forms/answer.ts';
import { graphql } from '../../../gql/index.ts';

/* Each write answers with the whole page's model, so that the page shows it at once. */

export const updateModel = write(
  'updateModel',
  graphql(`
    mutation EditModel($input: UpdateModelInput!) {
      updateModel(input: $input) {
        model {
          id
          ...ModelPageModel
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

export const deleteModel = write(
  'deleteModel',
  graphql(`
    mutation DeleteModelOfPage($input: DeleteModelInput!) {
      deleteModel(input: $input) {
        model {
          id
          ...ModelPageModel
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

export const restoreModel = write(
  'restoreModel',
  graphql(`
    mutation RestoreModelOfPage($input: RestoreModelInput!) {
      restoreModel(input: $input) {
        model {
          id
          ...ModelPageModel
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

export const createAlias = write(
  'createModelAlias',
  graphql(`
    mutation CreateAlias($input: CreateModelAliasInput!) {
      createModelAlias(input: $input) {
        alias {
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

export const deleteAlias = write(
  'deleteModelAlias',
  graphql(`
    mutation DeleteAlias($input: DeleteModelAliasInput!) {
      deleteModelAlias(input: $input) {
        alias {
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

export const attachCategories = write(
  'attachCategories',
  graphql(`
    mutation AttachCategories($input: AttachCategoriesInput!) {
      attachCategories(input: $input) {
        model {
          id
          ...ModelPageModel
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

export const detachCategories = write(
  'detachCategories',
  graphql(`
    mutation DetachCategories($input: DetachCategoriesInput!) {
      detachCategories(input: $input) {
        model {
          id
          ...ModelPageModel
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

export const attachCapabilities = write(
  'attachCapabilities',
  graphql(`
    mutation AttachCapabilities($input: AttachCapabilitiesInput!) {
      attachCapabilities(input: $input) {
        model {
          id
          ...ModelPageModel
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

export const detachCapabilities = write(
  'detachCapabilities',
  graphql(`
    mutation DetachCapabilities($input: DetachCapabilitiesInput!) {
      detachCapabilities(input: $input) {
        model {
          id
          ...ModelPageModel
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
