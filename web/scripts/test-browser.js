// Opens GraphiQL in Chromium as a visitor would, runs each sample, and watches
// that the page stays quiet, whole and on its own origin. Queries are saved, and copied as code.
/// <reference lib="dom" />
import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { launch } from './launch.js';

const [baseUrl = '', link = ''] = process.argv.slice(2);
if (!baseUrl || !link) {
  console.error('usage: npm run test:browser -- <base-url> <link to sign in by>');
  process.exit(2);
}
if (!process.env.MODELRY_TOKEN) {
  console.error('MODELRY_TOKEN must hold the token of an editor');
  process.exit(2);
}
const { origin } = new URL(baseUrl);
const pageUrl = `${baseUrl.replace(/\/$/, '')}/graphiql`;

const checks = /** @type {const} */ ([
  'the samples run',
  'it is a view of the console',
  'saved queries stay',
  'a query is copied as code that runs',
  'no console error',
  'no failed request',
  'no request to another origin',
  'no violation of the content security policy',
]);

/** @type {{ check: (typeof checks)[number], problem: string }[]} */
const problems = [];

/**
 * @param {(typeof checks)[number]} check
 * @param {unknown} problem
 */
function report(check, problem) {
  problems.push({ check, problem: String(problem) });
}

/** @param {import('playwright-core').Page} page */
async function watch(page) {
  page.on('console', (message) => {
    if (message.type() === 'error') {
      report('no console error', message.text());
    }
  });
  page.on('pageerror', (error) => report('no console error', error));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // A view that is left breaks off what it asks for, and GraphiQL its workers.
    if (why !== 'net::ERR_ABORTED') {
      report('no failed request', `${request.url()}: ${why}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) {
      report('no failed request', `${response.url()}: HTTP ${response.status()}`);
    }
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) {
      report('no request to another origin', socket.url());
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) {
      report('no request to another origin', url);
    }
  });
  await page.exposeFunction('reportViolation', (/** @type {string} */ violation) =>
    report('no violation of the content security policy', violation),
  );
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      /** @type {any} */ (globalThis).reportViolation(`${effectiveDirective}: ${blockedURI}`),
    );
  });
}

/** Changes the catalogue every now and then, for who follows it. */
function keepChanging() {
  let number = 0;
  return setInterval(() => {
    number += 1;
    const name = `browser-${Date.now()}-${number}`;
    const query = `mutation { createSupplier(input: { name: "${name}" }) { supplier { id } } }`;
    fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${process.env.MODELRY_TOKEN}`,
      },
      body: JSON.stringify({ query }),
    }).catch((error) => report('the samples run', error));
  }, 200);
}

/**
 * Opens the tab, named for its operation, and runs that.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} operation
 */
async function runSample(page, operation) {
  await page.getByRole('tab', { name: operation }).click();
  // GraphiQL reads a tab's operation a moment after the tab opened, as it stores the query.
  const kind = await page
    .waitForFunction(
      (name) =>
        localStorage
          .getItem('graphiql:query')
          ?.match(new RegExp(`^(query|subscription) ${name}\\b`, 'm'))?.[1],
      operation,
    )
    .then((found) => found.jsonValue());
  await page.getByRole('button', { name: 'Execute query' }).click();
  const follows = kind === 'subscription';
  const changing = follows ? keepChanging() : undefined;
  // The pane renders only the lines in view; its model has them all.
  const shown = await page
    .waitForFunction(() =>
      /** @type {any} */ (globalThis).__MONACO.editor
        .getModels()
        .find((/** @type {any} */ model) => model.uri.path.endsWith('response.json'))
        ?.getValue(),
    )
    .finally(() => clearInterval(changing));
  if (follows) {
    await page.getByRole('button', { name: 'Stop query' }).click();
  }
  const { data, errors } = JSON.parse(await shown.jsonValue());
  if (!data || errors) {
    throw new Error(JSON.stringify(errors ?? 'no "data"'));
  }
  if (data.models && !data.models.nodes[0]?.name) {
    throw new Error('no model in the response');
  }
}

/**
 * Whether an editor of the page holds this.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
const isInEditor = (page, text) =>
  page.waitForFunction(
    (wanted) =>
      /** @type {any} */ (globalThis).__MONACO?.editor
        .getModels()
        .some((/** @type {any} */ model) => model.getValue().includes(wanted)),
    text,
  );

/**
 * The console's bar stands above, stays there, and its looks are GraphiQL's.
 *
 * @param {import('playwright-core').Page} page
 */
async function lookAround(page) {
  for (const theme of ['Dark', 'Light']) {
    const choice = page.getByRole('menuitem', { name: theme });
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await choice.click();
    await page.locator(`body.graphiql-${theme.toLowerCase()}`).waitFor();
    // A click on the button of a menu that is still closing would only close it.
    await choice.waitFor({ state: 'hidden' });
  }
  const beyond = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  equal(beyond, 0, 'only the editors scroll, not the page');
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Models' })
    .click();
  await page.locator('.models-table[aria-busy=false]').waitFor();
  await page.getByRole('link', { name: 'GraphiQL' }).click();
  await page.locator('.graphiql-query-editor .monaco-editor').waitFor();
}

/**
 * Saves a query, loses it in every way there is, and has it again.
 *
 * @param {import('playwright-core').Page} page
 */
async function saveQueries(page) {
  const name = `it's "mine"`;
  const dialog = page.getByRole('dialog');
  const list = (/** @type {number} */ count) =>
    page.getByRole('button', { name: `Saved queries (${count})` });
  await page.getByRole('tab', { name: 'List' }).click();
  await isInEditor(page, 'query List(');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await list(1).waitFor();
  await page.reload();
  await page.locator('.graphiql-query-editor .monaco-editor').waitFor();
  await list(1).click();
  await dialog.getByRole('button', { name: `Rename ${name}` }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Kept');
  await page.keyboard.press('Enter');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export' }).click(),
  ]);
  const file = await readFile(await download.path(), 'utf8');
  equal(JSON.parse(file).queries[0].name, 'Kept');
  await dialog.getByRole('button', { name: 'Delete Kept' }).click();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByRole('button', { name: 'Delete Kept' }).click();
  await dialog.getByText('“Kept” was deleted.').waitFor();
  const take = (/** @type {string} */ text) =>
    dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'q.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await take('[]');
  await dialog.getByText('q.json is not a file of saved queries').waitFor();
  await take(file);
  await dialog.getByText('1 query was added.').waitFor();
  const tabs = await page.getByRole('tab').count();
  await dialog.getByRole('button', { name: /^Kept/ }).click();
  await page.getByRole('tab').nth(tabs).waitFor();
  await isInEditor(page, '"type": "LANGUAGE"');
}

/**
 * What is copied is run, with the token that it asks for.
 *
 * @param {import('playwright-core').Page} page
 */
async function copyAsCode(page) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as code' }).click();
  const dialog = page.getByRole('dialog');
  for (const language of ['Rust', 'Python', 'TypeScript', 'curl']) {
    await dialog.getByText(language, { exact: true }).click();
    const code = dialog.getByRole('region', { name: language });
    const text = await code.innerText();
    ok(text.includes(`${origin}/graphql`), `${language} asks this server`);
    ok(text.includes('MODELRY_TOKEN') && !text.includes('mdl_'), `${language} holds no token`);
  }
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const answer = execFileSync('sh', ['-c', copied], { encoding: 'utf8', timeout: 20_000 });
  const { data } = JSON.parse(answer);
  ok(data.models.nodes[0].name);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** @param {import('playwright-core').Browser} browser */
async function visit(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await watch(page);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${origin}/models`);
  // To leave earlier would break off what the console asks for.
  await page.waitForLoadState('networkidle');
  await page.goto(pageUrl);
  await page.locator('.graphiql-query-editor .monaco-editor').waitFor();
  // The first one last, so that the screenshot shows the page as it opens.
  for (const operation of (await page.getByRole('tab').allInnerTexts()).reverse()) {
    await runSample(page, operation).catch((error) =>
      report('the samples run', `${operation}: ${error}`),
    );
  }
  await lookAround(page).catch((error) => report('it is a view of the console', error));
  await saveQueries(page).catch((error) => report('saved queries stay', error));
  await copyAsCode(page).catch((error) => report('a query is copied as code that runs', error));
  if (process.env.SCREENSHOT) {
    await page.screenshot({ path: process.env.SCREENSHOT });
  }
}

try {
  const browser = await launch();
  await visit(browser).finally(() => browser.close());
} catch (error) {
  report('the samples run', error);
}

let failed = 0;
for (const check of checks) {
  const found = problems.filter((each) => each.check === check);
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'}  ${check}`);
  for (const { problem } of found) {
    console.log(`      ${problem}`);
  }
  failed += found.length === 0 ? 0 : 1;
}
console.log(`browser: ${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
