import { createStore } from '../store.ts';

/** Whether a moment is being chosen; the bar and the palette both offer it. */
export const isDialogOpen = createStore(false);
