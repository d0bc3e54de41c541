import type { TypedDocumentNode } from '@urql/core';
import type { Client } from 'urql';
import { type Answer, answerOf } from '../../../console/forms/answer.ts';
import type { UserError } from '../../../console/forms/user-errors.ts';
import { graphql } from '../../../gql/index.ts';

interface Payload {
  changeSet?: { id: string } | null;
  userErrors: readonly UserError[];
}

/** A write of one kind. Each answers with the whole page's model, so that the page shows it at once. */
export function write<Name extends string, Input>(
  name: Name,
  document: TypedDocumentNode<{ [name in Name]: Payload }, { input: Input }>,
) {
  return async (client: Client, input: Input): Promise<Answer> => {
    const { data, error } = await client.mutation(document, { input });
    return answerOf(data?.[name], error);
  };
}

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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
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
          field
          code
          message
        }
      }
    }
  `),
);
