import { Client, type Exchange, makeResult, type Operation, type OperationResult } from 'urql';
import { beforeEach, expect, test, vi } from 'vitest';
import { filter, makeSubject, merge, onPush, pipe, subscribe } from 'wonka';
import { isSlow, paceExchange, SLOW_AFTER_MS } from './pace.ts';

let asked: Operation[];
let answer: () => void;
let client: Client;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const answers = makeSubject<OperationResult>();
  const hung: Exchange = () => (operations) =>
    merge([
      answers.source,
      pipe(
        operations,
        onPush((operation) => asked.push(operation)),
        filter(() => false),
      ) as unknown as typeof answers.source,
    ]);
  answer = () => answers.next(makeResult(asked[0] as Operation, { data: {} }, undefined));
  client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [paceExchange, hung],
  });
});

const follow = (source: ReturnType<Client['query']>) =>
  pipe(
    source,
    subscribe(() => undefined),
  );

test('a query without an answer is told, and its answer ends that', () => {
  follow(client.query('{ viewer { name } }', {}));
  vi.advanceTimersByTime(SLOW_AFTER_MS - 1);
  expect(isSlow.get()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isSlow.get()).toBe(true);
  answer();
  expect(isSlow.get()).toBe(false);
  expect(asked).toHaveLength(1);
});

test('what nobody waits for any more is not slow', async () => {
  const { unsubscribe } = follow(client.query('{ viewer { name } }', {}));
  vi.advanceTimersByTime(SLOW_AFTER_MS);
  unsubscribe();
  await vi.advanceTimersByTimeAsync(0);
  expect(isSlow.get()).toBe(false);
});

test('a mutation takes its time', () => {
  follow(client.mutation('mutation { touch }', {}));
  vi.advanceTimersByTime(SLOW_AFTER_MS);
  expect(isSlow.get()).toBe(false);
  expect(asked).toHaveLength(1);
});
