// Follows the feed of changes with the clients of graphql-ws and graphql-sse through a crash and a restart of the
// server: each change must arrive once, in order, at both.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

const [baseUrl = '', command = '', ...options] = process.argv.slice(2);
if (!baseUrl || !command) {
  console.error('usage: npm run test:subscriptions -- <base-url> <command that serves there>...');
  process.exit(2);
}
if (!process.env.MODELRY_TOKEN) {
  console.error('MODELRY_TOKEN must hold the token of an editor');
  process.exit(2);
}
const authorization = `Bearer ${process.env.MODELRY_TOKEN}`;
const url = `${baseUrl.replace(/\/$/, '')}/graphql`;
const SUBSCRIPTION =
  'subscription ($after: String) { changed(after: $after) { cursor number type operation objectId } }';
const PATIENCE = 60_000;

/** @typedef {{ cursor: string, number: number, type: string, operation: string, objectId: string }} Change */

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;

async function start() {
  const child = spawn(command, options, { stdio: ['ignore', 'inherit', 'inherit'] });
  server = child;
  await until('the server is ready', async () => {
    if (child.exitCode !== null) {
      throw new Error(`the server ended with ${child.exitCode}`);
    }
    const ready = await fetch(`${baseUrl}/readyz`).catch(() => undefined);
    return ready?.ok ?? false;
  });
}

/** @param {NodeJS.Signals} signal */
async function stop(signal) {
  const child = server;
  if (child && child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
  return child?.exitCode;
}

/**
 * @param {string} what
 * @param {() => Promise<boolean> | boolean} isSo
 */
async function until(what, isSo) {
  const deadline = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`it takes too long until ${what}`);
    }
    await sleep(20);
  }
}

/**
 * @param {string} query
 * @param {Record<string, unknown>} [variables]
 */
async function ask(query, variables) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = /** @type {any} */ (await response.json());
  if (errors) {
    throw new Error(JSON.stringify(errors));
  }
  return data;
}

/** @param {string} name */
async function createSupplier(name) {
  const create =
    'mutation ($name: String!) { createSupplier(input: { name: $name }) { userErrors { message } } }';
  const { createSupplier: payload } = await ask(create, { name });
  if (payload.userErrors.length > 0) {
    throw new Error(JSON.stringify(payload.userErrors));
  }
}

/**
 * Takes changes, and asks to go on behind the last one after a break: both clients send their variables anew then.
 *
 * @param {string} cursor
 */
function follower(cursor) {
  /** @type {Change[]} */
  const seen = [];
  /** @type {unknown[]} */
  const problems = [];
  const variables = { after: cursor };
  const sink = {
    /** @param {any} result */
    next(result) {
      if (result.errors || !result.data?.changed) {
        problems.push(result);
        return;
      }
      seen.push(result.data.changed);
      variables.after = result.data.changed.cursor;
    },
    /** @param {unknown} error */
    error: (error) => problems.push(error),
    complete: () => {},
  };
  return { seen, problems, request: { query: SUBSCRIPTION, variables }, sink };
}

const retrying = { retryAttempts: 1_000, retryWait: () => sleep(200) };
const sockets = createWsClient({
  url,
  webSocketImpl: WebSocket,
  connectionParams: { authorization },
  shouldRetry: () => true,
  ...retrying,
});
const events = createSseClient({ url, headers: { authorization }, ...retrying });

/** What a cursor that is none is answered with, by each client. */
async function checkRefusals() {
  const request = { query: SUBSCRIPTION, variables: { after: 'nonsense' } };
  const bySocket = await new Promise((resolve) =>
    sockets.subscribe(request, {
      next: resolve,
      error: resolve,
      complete: () => resolve(undefined),
    }),
  );
  const byEvents = await new Promise((resolve) =>
    events.subscribe(request, {
      next: resolve,
      error: resolve,
      complete: () => resolve(undefined),
    }),
  );
  for (const error of [bySocket?.[0], byEvents?.errors?.[0]]) {
    if (error?.extensions?.code !== 'FEED_RESYNC') {
      throw new Error(`not refused as it should be: ${JSON.stringify({ bySocket, byEvents })}`);
    }
  }
}

async function run() {
  await start();
  await checkRefusals();
  const { changeFeedCursor: first } = await ask('{ changeFeedCursor }');
  const followers = { 'graphql-ws': follower(first), 'graphql-sse': follower(first) };
  sockets.subscribe(followers['graphql-ws'].request, followers['graphql-ws'].sink);
  events.subscribe(followers['graphql-sse'].request, followers['graphql-sse'].sink);
  const prefix = `subscriptions-${Date.now()}`;
  let made = 0;
  /** @param {number} count */
  const make = async (count) => {
    for (let number = 0; number < count; number += 1) {
      made += 1;
      await createSupplier(`${prefix}-${made}`);
    }
  };
  const all = Object.values(followers);
  await make(20);
  await until('both clients have begun', () => all.every(({ seen }) => seen.length > 0));

  await stop('SIGKILL');
  await start();
  // Before the clients are back.
  await make(20);
  await until('both clients have caught up', () => all.every(({ seen }) => seen.length >= made));

  const asked = Date.now();
  const status = await stop('SIGTERM');
  const seconds = (Date.now() - asked) / 1_000;
  if (status !== 0 || seconds > 10) {
    throw new Error(`asked to stop with streams open, it ended with ${status} after ${seconds} s`);
  }
  await start();
  await make(20);
  await until('both clients have caught up', () => all.every(({ seen }) => seen.length >= made));
  // Whatever would come twice has time to.
  await sleep(300);

  const query =
    'query ($after: String) { changes(after: $after, first: 1000) { nodes { cursor number type operation objectId } } }';
  const { changes } = await ask(query, { after: first });
  for (const [name, { seen, problems }] of Object.entries(followers)) {
    if (problems.length > 0) {
      throw new Error(
        `${name}: ${problems.map((problem) => JSON.stringify(problem) ?? String(problem))}`,
      );
    }
    if (JSON.stringify(seen) !== JSON.stringify(changes.nodes)) {
      const numbers = seen.map(({ number }) => number);
      throw new Error(
        `${name}: saw ${numbers}, not each of the ${changes.nodes.length} changes once`,
      );
    }
    console.log(`ok    ${name}: ${seen.length} changes through a crash and a restart, each once`);
  }
}

try {
  await run();
} catch (error) {
  console.log(`FAIL  ${error}`);
  process.exitCode = 1;
} finally {
  await sockets.dispose();
  events.dispose();
  await stop('SIGKILL');
}
