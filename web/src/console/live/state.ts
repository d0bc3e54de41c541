import { createStore } from '../store.ts';

/** How the console's connection for news is: nothing is followed, it comes about, is there, was lost, or isn't granted. */
export type LiveState = 'off' | 'connecting' | 'live' | 'lost' | 'refused';

export const liveState = createStore<LiveState>('off');
