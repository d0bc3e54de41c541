import * as v from 'valibot';
import { choice, oneOf } from '../../../console/address.ts';

/** How many months are looked ahead; `all` is as far as days are known. */
export const WINDOWS = ['3', '6', '12', '24', 'all'] as const;
export type Window = (typeof WINDOWS)[number];

export const deprecationsSearch = v.object({
  months: choice(WINDOWS, '12'),
  past: oneOf(['yes']),
});

export type DeprecationsSearch = v.InferOutput<typeof deprecationsSearch>;

export const DEFAULT_DEPRECATIONS: DeprecationsSearch = v.parse(deprecationsSearch, {});
