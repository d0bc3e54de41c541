import { useSyncExternalStore } from 'react';

/** A value outside of React that components can follow. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (!Object.is(next, value)) {
        value = next;
        for (const listener of listeners) {
          listener();
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * A store that this browser remembers. What is stored may be anybody's, so `read` judges it, and
 * gets null where nothing is stored.
 */
export function createPreference<T>(name: string, read: (stored: string | null) => T): Store<T> {
  const key = `modelry:${name}`;
  const store = createStore(read(localStorage.getItem(key)));
  addEventListener('storage', (event) => {
    if (event.key === key) {
      store.set(read(event.newValue));
    }
  });
  return {
    ...store,
    set(value) {
      store.set(value);
      localStorage.setItem(key, typeof value === 'string' ? value : JSON.stringify(value));
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
