import type { Exchange, Operation, OperationResult } from 'urql';
import { onPush, pipe } from 'wonka';
import { createStore } from './store.ts';

/** Whether a query has been waiting for its answer for conspicuously long. */
export const isSlow = createStore(false);

export const SLOW_AFTER_MS = 10_000;

let overdue = 0;

function count(change: number): void {
  overdue += change;
  isSlow.set(overdue > 0);
}

/** Waits for one answer. What it gives ends the wait. */
function startWait(): () => void {
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    count(1);
  }, SLOW_AFTER_MS);
  return () => {
    clearTimeout(timer);
    if (isOverdue) {
      count(-1);
    }
  };
}

/**
 * Tells when a server that takes questions doesn't answer them. Nothing is given up or sent twice: the answer may still
 * come. It stands next to what sends.
 */
export const paceExchange: Exchange = ({ forward }) => {
  const waits = new Map<number, () => void>();
  const end = (key: number) => {
    waits.get(key)?.();
    waits.delete(key);
  };
  const send = ({ kind, key }: Operation) => {
    if (kind === 'query' && !waits.has(key)) {
      waits.set(key, startWait());
    } else if (kind === 'teardown') {
      end(key);
    }
  };
  const receive = ({ operation }: OperationResult) => end(operation.key);
  return (operations) => pipe(operations, onPush(send), forward, onPush(receive));
};
