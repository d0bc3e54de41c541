import { useMemo } from 'react';
import { useQuery } from 'urql';
import type { ObjectNamesQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';

/** As many as are asked for at once. */
const MOST_NAMES = 100;

const ObjectNamesDocument = graphql(`
  query ObjectNames($ids: [ID!]!) {
    nodes(ids: $ids, deleted: INCLUDE) {
      __typename
      id
      ... on Model {
        name
        displayName
      }
      ... on Supplier {
        name
        displayName
      }
      ... on Category {
        title: displayName
      }
      ... on Capability {
        title: displayName
      }
      ... on ModelAlias {
        alias
        model {
          id
          name
          displayName
        }
      }
      ... on ModelParameter {
        name
        model {
          id
          name
          displayName
        }
      }
      ... on ModelPrice {
        component
        model {
          id
          name
          displayName
        }
      }
      ... on ModelCapability {
        capability {
          id
          displayName
        }
        model {
          id
          name
          displayName
        }
      }
      ... on ModelPointer {
        name
        model {
          id
          name
          displayName
        }
      }
      ... on ModelVersion {
        label
        model {
          id
          name
          displayName
        }
      }
    }
  }
`);

type Found = NonNullable<ObjectNamesQuery['nodes'][number]>;

/** What an object is called and, of a model's part, the model that it belongs to. */
export interface Named {
  name: string;
  model?: { id: string; name: string };
}

const shown = (object: { name: string; displayName?: string | null | undefined }) =>
  object.displayName ?? object.name;

function ownName(found: Found): string {
  switch (found.__typename) {
    case 'Model':
    case 'Supplier':
      return shown(found);
    case 'Category':
    case 'Capability':
      return found.title;
    case 'ModelAlias':
      return found.alias;
    case 'ModelPrice':
      return found.component;
    case 'ModelCapability':
      return found.capability.displayName;
    case 'ModelParameter':
    case 'ModelPointer':
      return found.name;
    case 'ModelVersion':
      return found.label;
    default:
      return found.id;
  }
}

/** The names of objects, deleted ones too; of what is gone for good there is none. */
export function useObjectNames(ids: readonly string[]): ReadonlyMap<string, Named> {
  const asked = [...new Set(ids)].sort().slice(0, MOST_NAMES);
  const [{ data }] = useQuery({
    query: ObjectNamesDocument,
    variables: { ids: asked },
    pause: asked.length === 0,
  });
  return useMemo(
    () =>
      new Map(
        (data?.nodes ?? [])
          .filter((found) => found !== null)
          .map((found) => {
            const model =
              'model' in found ? { id: found.model.id, name: shown(found.model) } : undefined;
            return [found.id, { name: ownName(found), ...(model ? { model } : {}) }];
          }),
      ),
    [data],
  );
}
