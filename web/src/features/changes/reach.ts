import type { SetReachOfObjectQuery } from '../../gql/graphql.ts';

type Known = NonNullable<SetReachOfObjectQuery['changeSet']>;
type Change = Known['first']['nodes'][number];

/** Whether a change set changed more than an object and what belongs to it, as far as its ends tell. */
export function concernsOthers({ first, last }: Pick<Known, 'first' | 'last'>, of: string) {
  const isOfOther = ({ objectId, model }: Change) => objectId !== of && model?.id !== of;
  return [...first.nodes, ...last.nodes].some(isOfOther);
}

/** The last change set that changed the object before this one did; undefined if this one made it. */
export const setBefore = (id: string, until: readonly { id: string }[]) =>
  until.find((set) => set.id !== id)?.id;
