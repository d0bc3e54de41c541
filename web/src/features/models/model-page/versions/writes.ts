import { write } from '../../../../console/forms/answer.ts';
import { graphql } from '../../../../gql/index.ts';

export const publishVersion = write(
  'publishModelVersion',
  graphql(`
    mutation PublishVersion($input: PublishModelVersionInput!) {
      publishModelVersion(input: $input) {
        modelVersion {
          id
          model {
            id
            ...ModelVersions
          }
        }
        userErrors {
          ...UserErrorDetails
        }
      }
    }
  `),
);

export const setPointer = write(
  'setModelPointer',
  graphql(`
    mutation SetPointer($input: SetModelPointerInput!) {
      setModelPointer(input: $input) {
        pointer {
          id
          model {
            id
            ...ModelVersions
          }
        }
        userErrors {
          ...UserErrorDetails
        }
      }
    }
  `),
);

export const deletePointer = write(
  'deleteModelPointer',
  graphql(`
    mutation DeletePointer($input: DeleteModelPointerInput!) {
      deleteModelPointer(input: $input) {
        pointer {
          id
          model {
            id
            ...ModelVersions
          }
        }
        userErrors {
          ...UserErrorDetails
        }
      }
    }
  `),
);

export const rollBack = write(
  'rollbackModel',
  graphql(`
    mutation Rollback($input: RollbackModelInput!) {
      rollbackModel(input: $input) {
        changeSet {
          id
        }
        model {
          id
          ...ModelPageModel
        }
        userErrors {
          ...UserErrorDetails
        }
      }
    }
  `),
);
