// What nobody should enter, and somebody will: names that turn the line around, markup, texts and
// files that are far too long, addresses that were never right, and a session that ends in between.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, inspect, openPage, PHONE, settled } from './harness.js';

const SUPPLIER = `bad-input-${Date.now().toString(36)}`;
// From U+202E on, all of a line reads from right to left, unless it is kept within the name.
const TURNED = '\u202e';
const SUPPLIER_NAME = `${TURNED}مورد غريب 供应商`;
const MODEL_NAME = `${TURNED}نموذج live หุ่นยนต์ 🤖`;
const MARKUP =
  'A **bold** claim <img src=x onerror=alert(1)> <script>alert(2)</script> [x](javascript:alert(3))';
const LONG = `${MARKUP}\n`.repeat(Math.ceil(100_000 / MARKUP.length));
const WIDE = 'W'.repeat(200);

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('playwright-core').Browser} browser
 */
export async function giveBadInput(page, context, browser) {
  const made = [await post(catalogue('First.')), await post(catalogue(LONG))];
  await showNames(page, browser);
  await showTexts(page);
  await foldTexts(page);
  await followAddresses(page);
  await importMuch(page, context);
  for (const id of made.reverse()) {
    await ask(
      'mutation ($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { userErrors { message } } }',
      { input: { id, onConflict: 'OVERWRITE' } },
    );
  }
}

/** @param {string} description */
function catalogue(description) {
  const model = { kind: 'model', supplier: SUPPLIER, model_type: 'language' };
  return [
    { format: 'modelry', version: 1 },
    { kind: 'supplier', name: SUPPLIER, display_name: SUPPLIER_NAME },
    { ...model, name: 'turned', display_name: MODEL_NAME, description },
    { ...model, name: 'wide', display_name: WIDE },
  ]
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
}

/**
 * Imports it, and tells the id of the change set.
 *
 * @param {string} body
 */
async function post(body) {
  const answer = await fetch(`${base}/catalogue?format=modelry&name=bad.jsonl`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `Bearer ${process.env.MODELRY_TOKEN}`,
    },
    body,
  });
  const { changeSetId, error } = JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '');
  ok(changeSetId, JSON.stringify(error));
  return changeSetId;
}

/**
 * Where a name that turns the line around shares its line with something else. A name is kept by
 * itself by `bdi`, by `dir`, or by being all that stands in its box.
 *
 * @param {import('playwright-core').Page} page
 */
const turnedLines = (page) =>
  page.evaluate((mark) => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      let box = node.parentElement;
      while (
        box &&
        getComputedStyle(box).display === 'inline' &&
        !/isolate|plaintext/.test(getComputedStyle(box).unicodeBidi)
      ) {
        box = box.parentElement;
      }
      if (text.includes(mark) && box && box.textContent !== text) {
        found.push(box.outerHTML.slice(0, 200));
      }
    }
    return found;
  }, TURNED);

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
async function showNames(page, browser) {
  await check('names in any script and direction stay within their place', async () => {
    await page.goto(`${base}/models?supplier=${SUPPLIER}`);
    await settled(page);
    await page.getByText(MODEL_NAME).waitFor();
    await page.getByRole('list', { name: 'Filters that are set' }).getByText('مورد').waitFor();
    equal(await turnedLines(page), []);
    await inspect(page, 'bad-names');
    await page.getByRole('combobox', { name: 'Supplier' }).fill('bad-input');
    await page.locator('.ant-select-item-option', { hasText: 'مورد' }).first().waitFor();
    equal(await turnedLines(page), []);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('turned');
    await page.locator('.ant-select-item-option', { hasText: 'หุ่นยนต์' }).first().waitFor();
    equal(await turnedLines(page), []);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: MODEL_NAME }).waitFor();
    await page.getByRole('region', { name: 'History' }).locator('li').first().waitFor();
    equal(await turnedLines(page), []);
    await inspect(page, 'bad-model');
  });

  await check('a name of 200 letters without a space breaks no layout', async () => {
    const phone = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' });
    const small = await openPage(phone);
    await small.goto(`${base}/models?supplier=${SUPPLIER}`);
    await settled(small);
    await small.getByText(WIDE).waitFor();
    await inspect(small, 'phone-bad-names');
    await small.getByText(WIDE).click();
    await small.getByRole('heading', { level: 1, name: WIDE }).waitFor();
    await inspect(small, 'phone-bad-model');
    await phone.close();
  });
}

/** @param {import('playwright-core').Page} page */
async function showTexts(page) {
  await check('HTML and Markdown are text, and 100 kB of it leave the rest in sight', async () => {
    await page.goto(`${base}/models?supplier=${SUPPLIER}&q=turned`);
    await page.locator('tbody .name a').click();
    await page.getByRole('heading', { level: 1, name: MODEL_NAME }).waitFor();
    const description = page.getByRole('region', { name: 'Description' });
    ok((await description.innerText()).startsWith(MARKUP));
    equal(await page.locator('main img, main script, main strong:has-text("bold")').count(), 0);
    const history = page.getByRole('region', { name: 'History' });
    await history.locator('li').first().waitFor();
    const [top = 0, height = 0] = await page.evaluate(() => {
      const main = document.querySelector('main');
      return [document.querySelector('.figures')?.getBoundingClientRect().top, main?.scrollHeight];
    });
    ok(top < 900, `the figures begin at ${top}`);
    ok(height < 5_000, `the page is ${height} pixels high`);
    await inspect(page, 'bad-description');
  });
}

/** @param {import('playwright-core').Page} page */
async function foldTexts(page) {
  await check('what an import changes is folded where it is long', async () => {
    await page.goto(`${base}/import`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'bad.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(catalogue('Short again.')),
    });
    await page.getByText('It looks like this format').waitFor();
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    const records = page.getByRole('region', { name: 'Suppliers and models that change' });
    const unfold = records.getByRole('button', { name: /^Show all [\d,]+ characters/ });
    await unfold.waitFor();
    ok((await records.innerText()).length < 2_000);
    await inspect(page, 'bad-import');
    await unfold.click();
    ok((await records.innerText()).length > 100_000);
    await records.getByRole('button', { name: 'Show less' }).click();
  });
}

/** @param {import('playwright-core').Page} page */
async function followAddresses(page) {
  await check('addresses that were never right say so, and lead on', async () => {
    for (const path of [
      '/models/99999999999999999999',
      '/models/-1',
      '/models/Model:1',
      '/models/%00',
      '/models/1/2',
      '/import/nothing',
      `/${'x'.repeat(1000)}`,
    ]) {
      await page.goto(base + path);
      await page
        .getByRole('heading', { level: 1, name: /There is (no such model|nothing)/ })
        .waitFor();
      await page.getByRole('link', { name: 'Go to all models' }).waitFor();
    }
  });

  await check('a search that can’t be read is as if it weren’t there', async () => {
    await page.goto(
      `${base}/models?page=-3&size=7&minContext=x&type=nothing&sort=%00&descending=2`,
    );
    await settled(page);
    await page.goto(`${base}/import?format=xml&asOf=yesterday&page=0&find=%ED%A0%80`);
    await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 */
async function importMuch(page, context) {
  await check('while a file of 50 MB is sent and read, the page goes on', async () => {
    await page.goto(`${base}/import`);
    const input = page.locator('input[type=file]');
    await input.evaluate(chooseLargeFile, SUPPLIER);
    await page.getByText('50 MiB').first().waitFor();
    await page.getByText('It looks like this format').waitFor();
    const frames = await page.evaluateHandle(countFrames);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('heading', { name: /^Comparing/ }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'What would change' }).waitFor({ timeout: 120_000 });
    const { drawn, longest } = await frames.jsonValue();
    console.log(`      ${drawn} frames, the longest pause ${Math.round(longest)} ms`);
    ok(drawn > 10, `only ${drawn} frames were drawn`);
    await inspect(page, 'import-large');
  });

  await check('a server that goes away takes neither file nor reason along', async () => {
    await page.getByRole('button', { name: 'Change file or format' }).click();
    await context.setOffline(true);
    try {
      await page.getByRole('button', { name: 'Preview', exact: true }).click();
      await page.getByText('The server did not answer').waitFor();
      await page.getByText('large.json').waitFor();
    } finally {
      await context.setOffline(false);
    }
    await eventually(() => page.getByText('The server does not answer').count(), 0);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor({ timeout: 120_000 });
  });
}

/**
 * Few models, each with a field that is far too long: what a file of that size most likely is, if it
 * is taken at all.
 *
 * @param {Element} input
 * @param {string} supplier
 */
function chooseLargeFile(input, supplier) {
  const filler = 'x'.repeat(1024 * 1024);
  const models = Array.from(
    { length: 50 },
    (_, index) => `"large-${index}":{"name":"Large ${index}","filler":"${filler}"}`,
  );
  const parts = [`{"${supplier}":{"id":"${supplier}","models":{`, models.join(','), '}}}'];
  const chosen = new DataTransfer();
  chosen.items.add(new File(parts, 'large.json'));
  /** @type {HTMLInputElement} */ (input).files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** How often the page was drawn since, and the longest that it wasn't. */
function countFrames() {
  const seen = { drawn: 0, longest: 0 };
  let last = performance.now();
  const count = (/** @type {number} */ now) => {
    seen.drawn += 1;
    seen.longest = Math.max(seen.longest, now - last);
    last = now;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  return seen;
}

/**
 * Comes last: the session is over after that, and there is but one link to sign in by.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 */
export async function endSession(page, context) {
  await check('a session that is ended elsewhere takes nothing along that was typed', async () => {
    await page.goto(`${base}/import`);
    await page.evaluate(() => localStorage.setItem('modelry:language', 'en'));
    await page.reload();
    await page.locator('input[type=file]').setInputFiles({
      name: 'last.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(catalogue('Not written.')),
    });
    await page.getByText('It looks like this format').waitFor();
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('typed before');
    const other = await context.newPage();
    await other.goto(`${base}/login`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.waitForLoadState();
    await other.close();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('You are no longer signed in').first().waitFor();
    equal(await page.getByRole('textbox', { name: 'Reason' }).inputValue(), 'typed before');
    await page.getByText('last.jsonl').waitFor();
    await inspect(page, 'signed-out-import');
  });
}
