// A file on its way into the catalogue: previewed, accepted, found again, and all that can go wrong.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, inspect, openPage, PHONE } from './harness.js';
import { fileOf } from './models-dev-file.js';

// A name of the run's own: what is imported again after it was deleted is changed, not new.
const SUPPLIER = `import-check-${Date.now().toString(36)}`;
const REASON = `to see whether it works: ${SUPPLIER}`;

/** @param {Record<string, object>} models */
const modelsDev = (models) =>
  fileOf('models-dev-check.json', { id: SUPPLIER, name: 'Import check', models });

/** @param {object} [more] */
const model = (more) => ({ cost: { input: 1, output: 2 }, limit: { context: 1000 }, ...more });
const FIRST = modelsDev({ 'check-a': model({ unheard_of: 1 }), 'check-b': model() });
const SECOND = modelsDev({
  'check-a': model({ name: 'A', limit: { context: 2000 } }),
  'check-b': model({ name: '<b>B</b>' }),
});

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
export async function importFiles(page, browser) {
  const before = await newestChangeSet();
  await goThrough(page);
  await goWrong(page);
  await beKeptWaiting(page);
  await look(browser);
  await lookBack(page, before);
  await takeBack(before.databaseId);
}

/** @param {import('playwright-core').Page} page */
const file = (page) => page.locator('input[type=file]');

/** @param {import('playwright-core').Page} page */
const previewButton = (page) => page.getByRole('button', { name: 'Preview', exact: true });

/**
 * The view without anything of what was done there before.
 *
 * @param {import('playwright-core').Page} page
 */
async function openImport(page) {
  await page.goto(`${base}/import`);
  await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
  await file(page).waitFor({ state: 'attached' });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {typeof FIRST} chosen
 */
async function preview(page, chosen) {
  await file(page).setInputFiles(chosen);
  await page.getByText('It looks like this format').waitFor();
  await previewButton(page).click();
  await page.getByRole('heading', { name: 'What would change' }).waitFor({ timeout: 30_000 });
}

/** @param {import('playwright-core').Page} page */
async function accept(page) {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { name: 'Imported' }).waitFor({ timeout: 30_000 });
}

/** @param {import('playwright-core').Page} page */
async function goThrough(page) {
  await check('a file is previewed, imported, and found in the history', async () => {
    await openImport(page);
    await inspect(page, 'import');
    await preview(page, FIRST);
    const models = page.getByRole('row', { name: /^Models / });
    equal((await models.innerText()).split(/\s+/), ['Models', '2', '0', '0', '0']);
    await page.getByText('unheard_of').waitFor();
    await inspect(page, 'import-preview');
    const unwritten = await ask(`{ supplier(name: "${SUPPLIER}") { id } }`);
    equal(unwritten.supplier, null);
    await page.getByRole('textbox', { name: 'Reason' }).fill(REASON);
    await accept(page);
    const { changeSets } = await ask(
      '{ changeSets(first: 1) { nodes { databaseId reason source { name format } } } }',
    );
    const [newest] = changeSets.nodes;
    equal(newest.reason, REASON);
    equal(newest.source, { name: FIRST.name, format: 'models-dev' });
    const link = page.getByRole('link', { name: 'See its change set' });
    equal(await link.getAttribute('href'), `/changes/${newest.databaseId}`);
    await page.getByRole('region', { name: 'Recent imports' }).getByText(REASON).waitFor();
    await inspect(page, 'import-done');
  });

  await check('the report is still there for who comes back to it', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
  });

  await check('what changes is shown before and after, and found by words and fields', async () => {
    await page.getByRole('button', { name: 'Import another file' }).click();
    await preview(page, SECOND);
    const records = page.getByRole('region', { name: 'Suppliers and models that change' });
    await eventually(
      () => records.locator('h3').allInnerTexts(),
      [`${SUPPLIER}/check-a`, `${SUPPLIER}/check-b`],
    );
    const context = records.locator('dl > div', { hasText: 'context_window' });
    equal(await context.locator('del').innerText(), '1000');
    equal(await context.locator('ins').innerText(), '2000');
    await records.getByText('<b>B</b>').waitFor();
    await inspect(page, 'import-changes');
    await records.getByRole('searchbox').fill('check-b');
    await eventually(() => records.locator('h3').count(), 1);
    await records.getByRole('searchbox').fill('');
    await records.getByRole('combobox', { name: 'Field' }).fill('context');
    await page.keyboard.press('Enter');
    await eventually(() => records.locator('h3').allInnerTexts(), [`${SUPPLIER}/check-a`]);
    equal(new URL(page.url()).searchParams.get('field'), 'parameters.context_window');
  });

  await check('who previewed something else than what would be done now is asked', async () => {
    const { supplier } = await ask(`{ supplier(name: "${SUPPLIER}") { id } }`);
    await ask(
      'mutation ($input: UpdateSupplierInput!) { updateSupplier(input: $input) { userErrors { message } } }',
      { input: { id: supplier.id, description: 'Changed in another tab' } },
    );
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /has changed since this preview/ });
    await dialog.waitFor();
    await inspect(page, 'import-moved');
    await dialog.getByRole('button', { name: 'Preview again' }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    await eventually(() => page.getByRole('dialog').count(), 0);
    await accept(page);
  });

  await check('a file that says nothing new is not offered for import', async () => {
    await page.getByRole('button', { name: 'Import another file' }).click();
    await preview(page, SECOND);
    await page.getByText('Nothing to change').waitFor();
    equal(await page.getByRole('button', { name: 'Import', exact: true }).count(), 0);
  });
}

/** @param {import('playwright-core').Page} page */
async function goWrong(page) {
  await check('a broken file is told of by its line and column, and can be mended', async () => {
    await openImport(page);
    const broken = { ...FIRST, buffer: FIRST.buffer.subarray(0, 150) };
    await file(page).setInputFiles(broken);
    await previewButton(page).click();
    const problem = page.getByRole('alert').filter({ hasText: 'The file can’t be imported' });
    await problem.getByText('Line', { exact: true }).waitFor();
    await problem.getByText('Column', { exact: true }).waitFor();
    await inspect(page, 'import-broken');
    await preview(page, FIRST);
  });

  await check('a file of another format is refused', async () => {
    await openImport(page);
    await file(page).setInputFiles(FIRST);
    await page.getByText('It looks like this format').waitFor();
    await page.getByRole('combobox', { name: 'Format' }).click();
    await page.locator('.ant-select-item-option', { hasText: 'OpenRouter' }).click();
    await page.getByText('It looks like models.dev').waitFor();
    await previewButton(page).click();
    await page.getByText('this is no openrouter file').waitFor();
  });

  await check('a file that is too large, or empty, is not sent', async () => {
    await openImport(page);
    let sent = 0;
    const count = (/** @type {import('playwright-core').Request} */ request) => {
      sent += request.url().includes('/catalogue?') ? 1 : 0;
    };
    page.on('request', count);
    await page.getByText('up to 64 MiB').waitFor();
    await chooseMade(page, 64 * 1024 * 1024 + 1);
    await page.getByText('The file is too large').waitFor();
    ok(await previewButton(page).isDisabled());
    await inspect(page, 'import-too-large');
    await chooseMade(page, 0);
    await page.getByText('The file is empty').waitFor();
    ok(await previewButton(page).isDisabled());
    page.off('request', count);
    equal(sent, 0);
  });
}

/**
 * Chooses a file of zeros, which is made in the page.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} bytes
 */
async function chooseMade(page, bytes) {
  await file(page).evaluate((input, size) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(size)], 'made.json'));
    /** @type {HTMLInputElement} */ (input).files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, bytes);
}

/**
 * What can't be provoked in a server at will is answered in its place.
 *
 * @param {import('playwright-core').Page} page
 */
async function beKeptWaiting(page) {
  const address = '**/catalogue?*';

  await check('another import is told of, and tried again', async () => {
    await openImport(page);
    await page.route(address, (route) =>
      route.fulfill({
        status: 503,
        headers: { 'retry-after': '5' },
        json: { errors: [{ message: 'busy', extensions: { code: 'UNAVAILABLE' } }] },
      }),
    );
    await file(page).setInputFiles(FIRST);
    await previewButton(page).click();
    await page.getByText('Another import is running').waitFor();
    await page.getByText('in 5 seconds').waitFor();
    await inspect(page, 'import-busy');
    await page.unroute(address);
    await previewButton(page).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
  });

  await check('what is being sent can be cancelled, and leaves nothing behind', async () => {
    await page.getByRole('button', { name: 'Change file or format' }).click();
    await page.route(address, () => {});
    await previewButton(page).click();
    await page.getByRole('heading', { name: /^Comparing/ }).waitFor();
    await inspect(page, 'import-running');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was changed.').waitFor();
    await page.unroute(address);
  });

  await check(
    'what is being written can be cancelled, and how that ended is not guessed',
    async () => {
      await openImport(page);
      await preview(page, modelsDev({ 'check-c': model() }));
      const connection = await page.evaluateHandle(answerByHand);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.locator('.stages-now', { hasText: 'Reading it' }).waitFor();
      await connection.evaluate(({ say }) => say({ stage: 'WRITING', done: 1, of: 4 }));
      await page.getByText('1 of 4').waitFor();
      await inspect(page, 'import-writing');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('unless that was just finished').waitFor();
      await connection.evaluate(({ restore }) => restore());
    },
  );

  await check('the tab is not closed unasked, and what is written can’t be cancelled', async () => {
    const connection = await page.evaluateHandle(answerByHand);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: /^Importing/ }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    const [question] = await Promise.all([
      page.waitForEvent('dialog'),
      page.close({ runBeforeUnload: true }),
    ]);
    equal(question.type(), 'beforeunload');
    await question.dismiss();
    await page.goBack();
    await connection.evaluate(({ say }) => say({ stage: 'WRITING', done: 4, of: 4 }));
    await page.getByText('can’t be cancelled any more').waitFor();
    equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
    await connection.evaluate(({ breakOff }) => breakOff());
    await page.getByText('The answer broke off').waitFor();
    await page.getByText('it isn’t known whether it was imported').waitFor();
    await inspect(page, 'import-lost');
    await connection.evaluate(({ restore }) => restore());
    await page.getByRole('button', { name: 'Preview again' }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    await eventually(() => page.getByText('The answer broke off').count(), 0);
  });
}

/** From now on a file counts as sent, and what the server says is said here. */
function answerByHand() {
  const { send, abort } = XMLHttpRequest.prototype;
  /** @type {XMLHttpRequest | undefined} */
  let request;
  let text = '';
  XMLHttpRequest.prototype.send = function () {
    request = this;
    Object.defineProperties(this, {
      status: { value: 200 },
      responseText: { get: () => text },
    });
    this.upload.dispatchEvent(new ProgressEvent('load'));
  };
  XMLHttpRequest.prototype.abort = function () {
    this.dispatchEvent(new ProgressEvent('abort'));
  };
  return {
    say(/** @type {object} */ progress) {
      text += `${JSON.stringify({ progress })}\n`;
      request?.dispatchEvent(new ProgressEvent('progress'));
    },
    breakOff: () => request?.dispatchEvent(new ProgressEvent('error')),
    restore: () => Object.assign(XMLHttpRequest.prototype, { send, abort }),
  };
}

/** @param {import('playwright-core').Browser} browser */
async function look(browser) {
  await check('who may only read is told so, and sees what was imported', async () => {
    const phone = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    const small = await openPage(phone);
    await small.goto(`${base}/import`);
    await small.getByText('您无权导入').waitFor();
    await small.getByText(REASON).waitFor();
    equal(await file(small).count(), 0);
    await inspect(small, 'phone-import');
    await small.goto(`${base}/models/new`);
    await small.getByRole('heading', { level: 1, name: '您无权创建模型' }).waitFor();
    await small.getByRole('main').getByRole('link', { name: '登录' }).waitFor();
    await inspect(small, 'phone-new-model-read-only');
    await phone.close();
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {{ createdAt: string }} before
 */
async function lookBack(page, { createdAt }) {
  await check('in the past, who may write is told the way to the present', async () => {
    const at = encodeURIComponent(createdAt);
    for (const view of ['/models/new', '/import']) {
      await page.goto(`${base}${view}?at=${at}`);
      await page
        .getByRole('main')
        .getByRole('button', { name: 'Go back to now to make changes' })
        .waitFor();
      equal(await page.getByText(/You may not|Sign in/).count(), 0);
    }
    const recent = page.getByRole('region', { name: 'Recent imports' });
    await recent.locator('li, p').first().waitFor();
    equal(await recent.getByText(REASON).count(), 0);
    await inspect(page, 'past-import');
    await page.getByRole('button', { name: 'Go back to now to make changes' }).click();
    await recent.getByText(REASON).waitFor();
    await file(page).waitFor({ state: 'attached' });
  });
}

async function newestChangeSet() {
  const { changeSets } = await ask('{ changeSets(first: 1) { nodes { databaseId createdAt } } }');
  return changeSets.nodes[0];
}

/**
 * Reverts all that was changed here, the newest first.
 *
 * @param {number} before
 */
async function takeBack(before) {
  const { changeSets } = await ask(
    '{ changeSets(first: 100) { nodes { id databaseId revertedBy { id } reverts { id } } } }',
  );
  for (const { id, databaseId, revertedBy, reverts } of changeSets.nodes) {
    if (databaseId > before && !revertedBy && !reverts) {
      const { revertChangeSet } = await ask(
        'mutation ($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { userErrors { message } } }',
        { input: { id, onConflict: 'OVERWRITE' } },
      );
      equal(revertChangeSet.userErrors, []);
    }
  }
  const { supplier } = await ask(`{ supplier(name: "${SUPPLIER}") { id } }`);
  equal(supplier, null);
}
