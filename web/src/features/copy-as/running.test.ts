import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LANGUAGES, type Language } from './languages.ts';
import { payloadOf, requestOf } from './request.ts';

// The code is run by the real programs, against a server that keeps what they sent.

// A busy machine takes its time to start them.
vi.setConfig({ testTimeout: 60_000 });

const TOKEN = 'mdl_a-token';
const DATA = { greeting: 'grüß "dich" \\ 你好' };

interface Received {
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

let received: Received[] = [];
let server: Server;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'copy-as-'));
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      received.push({ headers: request.headers, body: JSON.parse(text) });
      const isStream = request.headers.accept === 'text/event-stream';
      response.writeHead(200, {
        'content-type': isStream ? 'text/event-stream' : 'application/json',
      });
      const answer = JSON.stringify({ data: DATA });
      response.end(isStream ? `event: next\ndata: ${answer}\n\nevent: complete\n\n` : answer);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const can = (program: string, ...args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const RUNNERS: [Language, boolean, (code: string) => Promise<string[]>][] = [
  [
    'curl',
    can('curl', '--version') && can('sh', '-c', 'true'),
    async (code) => ['sh', write('run.sh', code)],
  ],
  [
    'TypeScript',
    true,
    async (code) => [
      process.execPath,
      write('run.mjs', (await transformWithOxc(code, 'run.ts')).code),
    ],
  ],
  [
    'Python',
    can('python3', '-c', 'import requests'),
    async (code) => ['python3', write('run.py', code)],
  ],
];

function write(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
}

async function run([program = '', ...args]: string[]): Promise<string> {
  const env = { ...process.env, MODELRY_TOKEN: TOKEN, NO_PROXY: '127.0.0.1' };
  const { stdout } = await promisify(execFile)(program, args, { env });
  return stdout;
}

const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;

const NASTY = [
  `'`,
  `"`,
  '"""',
  '\\',
  '\\n',
  '\n',
  '\r\n\t',
  '`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell would read it
  '$HOME ${HOME} $(id) `id`',
  '!! !$ #{x}',
  'JSON',
  '\nJSON\n',
  '%s %d',
  '你好 🙂 café',
  '\u202eabc\u2066 \u2028 \u0007',
  '{{}} "#"##',
  '',
];

const GIVEN = {
  'a query with every kind of text': {
    query: `# it's a "comment" with \\ and \` and $HOME and \${HOME} and """
query Q($texts: [String!]!, $one: String = "a\\"b\\\\c\\n") {
  models(where: { search: """block "#"# 'text' \\""" ends""" }) { totalCount } # ends with "`,
    variables: {
      texts: NASTY,
      nothing: null,
      yes: true,
      no: false,
      amounts: [0, -1, 1.5, 3_000_000_000, 1e21],
      nested: { empty: {}, none: [], "it's": { '"': '\\' } },
    },
  },
  'a query without variables': { query: '{ models { totalCount } }', variables: {} },
  'one of several operations': {
    query: 'query A { models { totalCount } }\r\nquery B { suppliers { totalCount } }',
    variables: {},
    operationName: 'B',
  },
  'a subscription': {
    query: 'subscription S($from: String) { changes(from: $from) { id } }',
    variables: { from: "it's" },
  },
};

for (const [language, canRun, prepare] of RUNNERS) {
  test.runIf(canRun).each(Object.entries(GIVEN))(`${language} sends %s`, async (_, given) => {
    received = [];
    const request = requestOf(endpoint(), given);
    const printed = await run(await prepare(LANGUAGES[language](request)));
    const [sent, ...more] = received;
    expect(more).toEqual([]);
    expect(sent?.body).toEqual({ ...payloadOf(request), query: expect.any(String) });
    expect(String(sent?.body.query).trim()).toBe(request.query);
    expect(sent?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(sent?.headers['content-type']).toMatch(/^application\/json/);
    if (request.isSubscription) {
      expect(printed).toContain('event: complete');
    } else {
      const shown = JSON.parse(printed);
      expect(shown.data ?? shown).toEqual(DATA);
    }
  });

  test.runIf(canRun)(`${language} says that it needs a token`, async () => {
    const code = LANGUAGES[language](requestOf(endpoint(), { query: '{ a }', variables: {} }));
    const [program = '', ...args] = await prepare(code);
    const { MODELRY_TOKEN: _, ...env } = process.env;
    await expect(promisify(execFile)(program, args, { env })).rejects.toThrow('MODELRY_TOKEN');
  });
}

test.each(Object.keys(LANGUAGES) as Language[])('%s holds no token', (language) => {
  for (const given of Object.values(GIVEN)) {
    const code = LANGUAGES[language](requestOf(endpoint(), given));
    expect(code).toContain('MODELRY_TOKEN');
    expect(code).not.toMatch(/mdl_|cookie/i);
  }
});
