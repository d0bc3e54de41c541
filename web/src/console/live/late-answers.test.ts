import {
  Client,
  createRequest,
  type Exchange,
  makeResult,
  type Operation,
  type OperationResult,
} from 'urql';
import { beforeEach, expect, test } from 'vitest';
import { filter, makeSubject, merge, onPush, pipe, subscribe } from 'wonka';
import { createCache } from '../cache.ts';
import { createLateAnswers } from './late-answers.ts';

const PAGE = `
  query ($id: ID!) {
    node(id: $id, deleted: INCLUDE) {
      __typename
      id
      ... on Model {
        deletedAt
        version
      }
    }
  }
`;
const RESTORE = `
  mutation ($input: RestoreModelInput!) {
    restoreModel(input: $input) {
      model {
        id
        deletedAt
        version
      }
    }
  }
`;
const MODEL = { __typename: 'Model', id: 'Model:1' };
const DELETED = { ...MODEL, deletedAt: '2026-01-01T00:00:00Z', version: 2 };
const RESTORED = { ...MODEL, deletedAt: null, version: 3 };

/** A server that answers what it was asked when it is told to. */
function createServer() {
  const asked: Operation[] = [];
  const answers = makeSubject<OperationResult>();
  const exchange: Exchange = () => (operations) =>
    merge([
      answers.source,
      pipe(
        operations,
        onPush((operation) => operation.kind !== 'teardown' && asked.push(operation)),
        filter(() => false),
      ) as unknown as typeof answers.source,
    ]);
  return {
    asked,
    exchange,
    answer: (operation: Operation | undefined, data: object) =>
      operation && answers.next(makeResult(operation, { data }, undefined)),
  };
}

let server: ReturnType<typeof createServer>;
let client: Client;
/** What a page that shows the model has shown, one after the other. */
let shown: unknown[];

/** Requests are sent when what is running has ended. */
const sent = async () => {
  await Promise.resolve();
  return server.asked.at(-1);
};
const refresh = () => {
  const request = client.createRequestOperation('query', createRequest(PAGE, { id: MODEL.id }), {
    requestPolicy: 'network-only',
  });
  client.reexecuteOperation(request);
  return sent();
};
const restore = (through = client) => {
  void through.mutation(RESTORE, { input: { id: MODEL.id } }).toPromise();
  return sent();
};
const restored = { restoreModel: { __typename: 'RestoreModelPayload', model: RESTORED } };

beforeEach(() => {
  server = createServer();
  shown = [];
  client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [createCache(), createLateAnswers(), server.exchange],
  });
  pipe(
    client.query(PAGE, { id: MODEL.id }),
    subscribe(({ data }) => shown.push(data?.node.deletedAt)),
  );
  server.answer(server.asked[0], { node: DELETED });
  shown = [];
});

test('what was asked for before a write was answered is asked for again, and never shown', async () => {
  const late = await refresh();
  const write = await restore();
  server.answer(write, restored);
  shown = [];
  const before = server.asked.length;
  server.answer(late, { node: DELETED });
  expect(server.asked).toHaveLength(before + 1);
  server.answer(server.asked.at(-1), { node: RESTORED });
  expect(new Set(shown)).toEqual(new Set([null]));
});

test('where the page was asked for anew after the write, the answer from before it is left out', async () => {
  const late = await refresh();
  server.answer(await restore(), restored);
  const after = await refresh();
  shown = [];
  const before = server.asked.length;
  server.answer(late, { node: DELETED });
  server.answer(after, { node: RESTORED });
  expect(server.asked).toHaveLength(before);
  expect(new Set(shown)).toEqual(new Set([null]));
});

test('of two answers to the same, the one that was asked for later stays', async () => {
  const first = await refresh();
  const second = await refresh();
  server.answer(second, { node: RESTORED });
  server.answer(first, { node: DELETED });
  expect(shown.at(-1)).toBeNull();
  // While they come in their order, each is shown: what others change all the time is not waited out.
  const third = await refresh();
  await refresh();
  server.answer(third, { node: DELETED });
  expect(shown.at(-1)).toBe(DELETED.deletedAt);
});

test('a write by another client that shares it counts too', async () => {
  const exchange = createLateAnswers();
  const exchanges = [exchange, server.exchange];
  const reader = new Client({ url: '/graphql', preferGetMethod: false, exchanges });
  const writer = new Client({ url: '/graphql', preferGetMethod: false, exchanges });
  const seen: unknown[] = [];
  pipe(
    reader.query(PAGE, { id: MODEL.id }),
    subscribe(({ data }) => seen.push(data?.node.version)),
  );
  const late = server.asked.at(-1);
  server.answer(await restore(writer), restored);
  server.answer(late, { node: DELETED });
  expect(seen).toEqual([]);
  server.answer(server.asked.at(-1), { node: RESTORED });
  expect(seen).toEqual([RESTORED.version]);
});

test('an answer that comes before that of the write is shown', async () => {
  const early = await refresh();
  const write = await restore();
  server.answer(early, { node: { ...DELETED, version: 9 } });
  server.answer(write, restored);
  expect(server.asked.at(-1)).toMatchObject({ kind: 'mutation' });
  expect(shown.at(-1)).toBeNull();
});
