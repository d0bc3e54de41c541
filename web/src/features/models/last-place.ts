import { createStore } from '../../console/store.ts';

/** How far the table was scrolled last, and which it was. */
export const lastPlace = createStore<{ table: string; top: number } | undefined>(undefined);

/** The model whose page was opened from the table last, as long as nobody came back. */
export const lastOpened = createStore<number | undefined>(undefined);

/** What a model's link in the table is found by. */
export const linkId = (model: number) => `model-${model}`;
