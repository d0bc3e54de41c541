// The table: filters, addresses, sorting, pages, columns, downloads.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import {
  ask,
  base,
  check,
  eventually,
  firstName,
  inspect,
  openPage,
  settled,
  shownCount,
  WIDE,
} from './harness.js';

const FILTERS = {
  modelType: { in: ['LANGUAGE'] },
  capabilities: { allOf: ['tool_calling'] },
  parameters: [{ name: 'context_window', gte: 100_000 }],
};

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('playwright-core').Browser} browser
 */
export async function findModels(page, context, browser) {
  await check('the first view takes at most 350 kB of script, compressed', async () => {
    const visitor = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const first = await openPage(visitor);
    await first.goto(`${base}/models`, { waitUntil: 'networkidle' });
    await settled(first);
    const [sent, written] = await first.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((each) => /** @type {PerformanceResourceTiming} */ (each))
        .filter(({ name }) => name.endsWith('.js'))
        .reduce(
          ([sent, written], each) => [sent + each.encodedBodySize, written + each.decodedBodySize],
          [0, 0],
        ),
    );
    ok(sent > 0 && sent < written, `${sent} of ${written} bytes were sent`);
    ok(sent <= 350_000, `${sent} bytes are sent`);
    await visitor.close();
  });

  await check('three filters find what the schema finds', async () => {
    await page.getByRole('checkbox', { name: 'Language', exact: true }).check();
    await page.getByRole('combobox', { name: 'Capabilities' }).fill('tool');
    await page.locator('.ant-select-item-option', { hasText: 'Tool calling' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Context window: at least' }).fill('100k');
    await page.keyboard.press('Enter');
    const query = 'query ($where: ModelWhere) { models(where: $where) { totalCount } }';
    const { models } = await ask(query, { where: FILTERS });
    await eventually(() => shownCount(page), models.totalCount);
    equal(new URL(page.url()).search, '?type=language&capability=tool_calling&minContext=100000');
    await inspect(page, 'models-filtered');
  });

  await check('the address shows somebody else the same', async () => {
    const other = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const shared = await openPage(other);
    await shared.goto(page.url());
    await settled(shared);
    await eventually(() => shownCount(shared), await shownCount(page));
    equal(await shared.getByRole('checkbox', { name: 'Language', exact: true }).isChecked(), true);
    // Who may not write can select too, but only to compare.
    await shared.getByRole('checkbox', { name: 'Select all on this page' }).check();
    const bar = shared.getByRole('region', { name: 'Selected models' });
    await bar.getByRole('button', { name: 'Clear selection' }).waitFor();
    equal(await bar.getByRole('button').allInnerTexts(), ['Compare (2–6)', 'Clear selection']);
    await other.close();
  });

  await check('going back takes filters away, going forward brings them again', async () => {
    await page.goBack();
    await eventually(
      async () => new URL(page.url()).search,
      '?type=language&capability=tool_calling',
    );
    equal(await page.getByRole('textbox', { name: 'Context window: at least' }).inputValue(), '');
    await page.goForward();
    await eventually(
      () => page.getByRole('textbox', { name: 'Context window: at least' }).inputValue(),
      '100k',
    );
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await eventually(async () => new URL(page.url()).search, '');
  });

  await check('a filter that finds nothing goes on showing the names', async () => {
    const { supplier, capability } = await ask(
      '{ supplier(name: "openai") { displayName } capability(name: "vision") { displayName } }',
    );
    await page.goto(`${base}/models?supplier=openai&capability=vision&q=no+model+is+called+so`);
    await page.getByText('No model meets all of these filters').waitFor();
    for (const { displayName } of [supplier, capability]) {
      await page
        .getByRole('list', { name: 'Filters that are set' })
        .getByText(displayName)
        .waitFor();
      await page.locator('.models-filters .ant-select').getByText(displayName).first().waitFor();
    }
    await page.goto(`${base}/models`);
    await settled(page);
  });

  await check('sorting is by the server, both ways', async () => {
    const query = `query ($direction: OrderDirection!) {
      models(first: 1, orderBy: [{ price: { component: INPUT }, direction: $direction }, { field: NAME }]) {
        nodes { name displayName }
      }
    }`;
    for (const direction of ['ASC', 'DESC']) {
      await page.getByRole('button', { name: 'Input / 1M' }).click();
      const [first] = (await ask(query, { direction })).models.nodes;
      await eventually(() => firstName(page), first.displayName ?? first.name);
    }
    equal(new URL(page.url()).search, '?sort=input&descending=true');
  });

  await check('pages go on and back, by their buttons and by the browser', async () => {
    await page.goto(`${base}/models?size=25`);
    await settled(page);
    const one = await firstName(page);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Page 2 of').waitFor();
    await settled(page);
    const two = await firstName(page);
    ok(one !== two, `${one} begins both pages`);
    await page.getByRole('button', { name: 'Previous' }).click();
    await eventually(() => firstName(page), one);
    await page.goBack();
    await eventually(() => firstName(page), two);
    await page.reload();
    await eventually(() => firstName(page).catch(() => ''), two);
  });

  await check('names of models and suppliers are shown to their ends', async () => {
    await page.goto(`${base}/models?size=100`);
    await settled(page);
    const cut = await page
      .locator('.column-model .name a, .column-supplier bdi')
      .evaluateAll((all) =>
        all
          .flatMap((each) => [each, ...each.querySelectorAll('bdi')])
          .filter(
            ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
              scrollWidth > clientWidth || scrollHeight > clientHeight + 1,
          )
          .map((each) => each.textContent),
      );
    equal(cut, []);
  });

  await check('the table is downloaded whole, as it is filtered', async () => {
    await page.goto(`${base}/models?type=language`);
    await settled(page);
    const count = await shownCount(page);
    for (const [label, read] of /** @type {const} */ ([
      ['CSV', (/** @type {string} */ text) => text.trim().split('\r\n').length - 1],
      ['JSON', (/** @type {string} */ text) => JSON.parse(text).length],
    ])) {
      await page.getByRole('button', { name: 'Download' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: label }).click(),
      ]);
      equal(read(await readFile(await download.path(), 'utf8')), count, label);
    }
  });

  await check('columns are chosen, and remembered', async () => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Knowledge cutoff' }).click();
    await page.getByRole('columnheader', { name: 'Knowledge cutoff' }).waitFor();
    await inspect(page, 'models-columns');
    await page.reload();
    await page.getByRole('columnheader', { name: 'Knowledge cutoff' }).waitFor();
  });

  await check('a view opens its query in GraphiQL', async () => {
    const [graphiql] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Show query' }).click(),
    ]);
    await graphiql.locator('.graphiql-query-editor .monaco-editor').waitFor();
    const isThere = () =>
      /** @type {any} */ (globalThis).__MONACO?.editor
        .getModels()
        .some((/** @type {any} */ model) => /query Models/.test(model.getValue()));
    await graphiql.waitForFunction(isThere);
    const variables = () =>
      /** @type {any} */ (globalThis).__MONACO.editor
        .getModels()
        .some((/** @type {any} */ model) => /"LANGUAGE"/.test(model.getValue()));
    await graphiql.waitForFunction(variables);
    equal(new URL(graphiql.url()).hash, '');
    // GraphiQL puts a button to close it into each tab.
    await inspect(graphiql, 'graphiql', ['.graphiql-tab']);
    await graphiql.getByRole('button', { name: 'Copy as code' }).click();
    await graphiql.getByRole('dialog').getByText('MODELRY_TOKEN').first().waitFor();
    await inspect(graphiql, 'copy-as', ['.graphiql-tab']);
    await graphiql.close();
  });
}
