import * as v from 'valibot';
import { oneOf, type Place, place } from '../../../console/address.ts';
import { KINDS } from '../search.ts';

export const changeSetSearch = v.object({
  /** Of what the changes are that are shown; all if it says nothing. */
  type: oneOf(KINDS),
  ...place,
});

export type ChangeSetSearch = v.InferOutput<typeof changeSetSearch> & Place;
