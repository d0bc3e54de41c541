import * as v from 'valibot';
import { flag, number, text } from '../../console/address.ts';

/** What the address of the tree says. */
export const categoriesSearch = v.object({
  /** What is sought among them. */
  q: text,
  /** Whether those are shown too that were deleted. */
  deleted: flag,
  /** The number of the one that is looked at. */
  selected: number,
});

export type CategoriesSearch = v.InferOutput<typeof categoriesSearch>;

export const DEFAULT_CATEGORIES_SEARCH: CategoriesSearch = v.parse(categoriesSearch, {});
