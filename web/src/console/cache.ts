import {
  type CacheExchangeOpts,
  cacheExchange,
  type OptimisticMutationResolver,
  type UpdateResolver,
} from '@urql/exchange-graphcache';
import schema from '../gql/introspection.ts';

/** Types without an id live within the object that they came with. */
const keys = Object.fromEntries(
  schema.__schema.types.flatMap((type) =>
    type.kind === 'OBJECT' && !type.fields.some((field) => field.name === 'id')
      ? [[type.name, () => null]]
      : [],
  ),
);

const FIELDS_SHOWN_AT_ONCE = ['isActive', 'lifecycleStage'] as const;

/** What a change of one model will most likely come to; what the server answers replaces it. */
function expect(payload: string, more: () => object = () => ({})): OptimisticMutationResolver {
  return ({ input }) => {
    const { id, ...fields } = input as { id: string } & Record<string, unknown>;
    const known = FIELDS_SHOWN_AT_ONCE.flatMap((name) =>
      fields[name] == null ? [] : [[name, fields[name]]],
    );
    return {
      __typename: payload,
      userErrors: [],
      changeSet: null,
      model: { __typename: 'Model', id, ...Object.fromEntries(known), ...more() },
    };
  };
}

/** What was done with a model's versions belongs to its history, which is then asked for anew. */
function forgetHistory(...path: string[]): UpdateResolver {
  return (result, _variables, cache, { fieldName, optimistic }) => {
    const model = [fieldName, ...path].reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      result,
    ) as { __typename: string; id: string } | null | undefined;
    if (model && !optimistic) {
      for (const { fieldName: name, arguments: given } of cache.inspectFields(model)) {
        if (name === 'history') {
          cache.invalidate(model, name, given);
        }
      }
    }
  };
}

const options: Partial<CacheExchangeOpts> = {
  schema,
  keys,
  updates: {
    Mutation: {
      publishModelVersion: forgetHistory('modelVersion', 'model'),
      setModelPointer: forgetHistory('pointer', 'model'),
      deleteModelPointer: forgetHistory('pointer', 'model'),
      rollbackModel: forgetHistory('model'),
    },
  },
  optimistic: {
    updateModel: expect('UpdateModelPayload'),
    deleteModel: expect('DeleteModelPayload', () => ({ deletedAt: new Date().toISOString() })),
    restoreModel: expect('RestoreModelPayload', () => ({ deletedAt: null })),
  },
};

export const createCache = () => cacheExchange(options);
