import {
  type CacheExchangeOpts,
  cacheExchange,
  type OptimisticMutationResolver,
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

const options: Partial<CacheExchangeOpts> = {
  schema,
  keys,
  optimistic: {
    updateModel: expect('UpdateModelPayload'),
    deleteModel: expect('DeleteModelPayload', () => ({ deletedAt: new Date().toISOString() })),
    restoreModel: expect('RestoreModelPayload', () => ({ deletedAt: null })),
  },
};

export const createCache = () => cacheExchange(options);
