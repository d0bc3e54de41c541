// The pictures in README.md: npm run pictures -- <base-url> <link to sign in by>, over the starter
// catalogue. They go to docs/pictures/; `make pictures` starts a server for it.
//
// To add one, add a line to PICTURES. A view that isn't there yet is passed over.
/// <reference lib="dom" />

import { mkdir, writeFile } from 'node:fs/promises';
import { base, eventually, link, PHONE, settled } from './console/harness.js';
import { launch } from './launch.js';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const WINDOW = { width: 1440, height: 860 };
const NOW = new Date('2026-12-01T10:00:00Z');
const QUALITY = 82;
const WEIGHTY_BYTES = 150_000;

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {(ids: Record<string, number>) => string} path
 * @property {(page: import('playwright-core').Page) => Promise<void>} [prepare]
 * @property {'light' | 'dark'} [scheme]
 * @property {string} [locale]
 * @property {{ width: number, height: number }} [viewport]
 */

const FILTERED = '/models?capability=tool_calling&minContext=200000&sort=input';

/** @type {Picture[]} */
const PICTURES = [
  { name: 'models', path: () => FILTERED, prepare: settled },
  { name: 'models-zh', path: () => FILTERED, prepare: settled, locale: 'zh-CN' },
  { name: 'models-dark', path: () => '/models', prepare: select, scheme: 'dark' },
  { name: 'model', path: (ids) => `/models/${ids.sonnet}`, prepare: untilLoaded },
  {
    name: 'model-phone',
    path: (ids) => `/models/${ids.sonnet}`,
    prepare: untilLoaded,
    viewport: PHONE,
  },
  {
    name: 'compare',
    path: ({ sonnet, gemini, gpt }) => `/compare?models=${sonnet}&models=${gemini}&models=${gpt}`,
    prepare: untilLoaded,
  },
  { name: 'import', path: () => '/import', prepare: previewFile },
  { name: 'import-zh', path: () => '/import', prepare: previewFile, locale: 'zh-CN' },
];

/** What the pictures show, by supplier and name. */
const MODELS = {
  sonnet: ['anthropic', 'claude-sonnet-4-5'],
  gemini: ['google', 'gemini-2.5-pro'],
  gpt: ['openai', 'gpt-4o'],
};

/** A file that changes some of the starter catalogue, and adds to it. */
const FILE = {
  openai: {
    id: 'openai',
    name: 'OpenAI',
    models: {
      'gpt-4o': { cost: { input: 2, output: 8 }, limit: { context: 128_000, output: 16_384 } },
      'gpt-4o-mini': { cost: { input: 0.1, output: 0.4 }, tool_call: true },
      'gpt-example': {
        name: 'GPT Example',
        cost: { input: 1, output: 4 },
        limit: { context: 400_000, output: 32_768 },
        tool_call: true,
      },
    },
  },
  mistral: {
    id: 'mistral',
    name: 'Mistral',
    models: { 'mistral-example': { cost: { input: 0.2, output: 0.6 }, open_weights: true } },
  },
};

/** @param {import('playwright-core').Page} page */
async function untilLoaded(page) {
  await page.locator('main h1').waitFor();
  await eventually(() => page.locator('.ant-skeleton').count(), 0);
}

/** @param {import('playwright-core').Page} page */
async function select(page) {
  await settled(page);
  for (const row of [1, 2, 4]) {
    await page.locator('tbody input[type=checkbox]').nth(row).check();
  }
}

/** @param {import('playwright-core').Page} page */
async function previewFile(page) {
  await page.locator('input[type=file]').setInputFiles({
    name: 'models-dev.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(FILE)),
  });
  await page.locator('form button[type=submit]:enabled').click();
  await page.locator('.import-counts').waitFor();
}

/** Every moment that is shown is the same one: the catalogue is made anew for each run. */
function holdTime() {
  const format = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')?.get;
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    get() {
      const write = format?.call(this);
      return this.resolvedOptions().timeStyle ? () => write(new Date()) : write;
    },
  });
}

async function findModels() {
  const fields = Object.entries(MODELS).map(
    ([key, [supplier, name]]) =>
      `${key}: model(supplier: "${supplier}", name: "${name}") { databaseId }`,
  );
  const answer = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ ${fields.join(' ')} }` }),
  });
  const { data } = await answer.json();
  return Object.fromEntries(
    Object.entries(data).map(([key, model]) => [key, /** @type {any} */ (model).databaseId]),
  );
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions['storageState']} storageState
 * @param {Record<string, number>} ids
 * @param {Picture} picture
 */
async function take(browser, storageState, ids, picture) {
  const context = await browser.newContext({
    ...(storageState ? { storageState } : {}),
    viewport: picture.viewport ?? WINDOW,
    locale: picture.locale ?? 'en-US',
    colorScheme: picture.scheme ?? 'light',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.addInitScript(holdTime);
  await page.goto(base + picture.path(ids));
  await page.locator('main h1').waitFor();
  if (await page.locator('main .state').count()) {
    console.log(`      ${picture.name}: there is no such view`);
    await context.close();
    return;
  }
  await picture.prepare?.(page);
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    document.querySelector('main')?.scrollTo(0, 0);
  });
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
  });
  const bytes = Buffer.from(data, 'base64');
  await writeFile(new URL(`${picture.name}.webp`, FOLDER), bytes);
  const note = bytes.length > WEIGHTY_BYTES ? ', which is much' : '';
  console.log(`ok    ${picture.name}: ${Math.round(bytes.length / 1000)} kB${note}`);
  await context.close();
}

await mkdir(FOLDER, { recursive: true });
const browser = await launch();
try {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${base}/models`);
  const ids = await findModels();
  const state = await context.storageState();
  for (const picture of PICTURES) {
    await take(browser, state, ids, picture);
  }
} finally {
  await browser.close();
}
