import { createStore, useStore } from './store.ts';

const media = matchMedia('(max-width: 640px)');
const isNarrow = createStore(media.matches);
media.addEventListener('change', ({ matches }) => isNarrow.set(matches));

/** Whether there is no room for a table. */
export function useNarrow(): boolean {
  return useStore(isNarrow);
}
