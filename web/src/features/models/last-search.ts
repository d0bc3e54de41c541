import { createStore } from '../../console/store.ts';
import { DEFAULT_SEARCH, type ModelsSearch } from './search.ts';

/** How the table was last left, to come back to. */
export const lastSearch = createStore<ModelsSearch>(DEFAULT_SEARCH);
