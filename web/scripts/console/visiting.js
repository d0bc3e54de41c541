// A page of a model, the palette, and addresses that lead nowhere.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, focused, inspect, settled, shownCount } from './harness.js';

/**
 * @param {import('playwright-core').Page} page
 */
export async function visitModels(page) {
  await check('a model has its page, and the way back leads to the same table', async () => {
    const { model } = await ask(
      '{ model(supplier: "openai", name: "gpt-4o") { databaseId displayName } }',
    );
    await page.goto(`${base}/models`);
    await page.getByRole('searchbox').fill('gpt-4o');
    await page.locator(`a[href="/models/${model.databaseId}"]`).click();
    await page.getByRole('heading', { level: 1, name: model.displayName }).waitFor();
    await page.getByRole('region', { name: 'History' }).locator('li').first().waitFor();
    await inspect(page, 'model');
    await page.getByRole('link', { name: '← Models' }).click();
    await settled(page);
    equal(new URL(page.url()).searchParams.get('q'), 'gpt-4o');
    equal(await page.getByRole('searchbox').inputValue(), 'gpt-4o');
  });

  await check('who comes back to the table finds the place and the focus again', async () => {
    await page.goto(`${base}/models?size=100`);
    await settled(page);
    const table = page.locator('.models-table');
    const top = () => table.evaluate((each) => Math.round(each.scrollTop));
    const link = page.locator('tbody .name a').nth(60);
    const ways = [
      () => page.goBack(),
      () => page.getByRole('link', { name: '← Models' }).click(),
      () => page.goBack(),
    ];
    for (const comeBack of ways) {
      await link.scrollIntoViewIfNeeded();
      const before = await top();
      ok(before > 0, 'the table is not scrolled');
      await link.click();
      await page.getByRole('region', { name: 'History' }).locator('li').first().waitFor();
      await comeBack();
      await settled(page);
      await focused(link);
      await eventually(top, before);
    }
    await page.getByRole('button', { name: 'Next' }).click();
    await eventually(top, 0);
  });

  await check('the palette finds models and commands by the keyboard', async () => {
    const { model } = await ask(
      '{ model(supplier: "openai", name: "gpt-4o") { databaseId displayName } }',
    );
    await page.keyboard.press('Control+k');
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.waitFor();
    await page.keyboard.type('gpt-4o');
    await page
      .getByRole('dialog')
      .locator('.ant-select-item-option', { hasText: model.displayName })
      .first()
      .waitFor();
    await inspect(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/models\/\d+$/);
    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.keyboard.type('deleted');
    await page
      .getByRole('dialog')
      .locator('.ant-select-item-option', { hasText: 'Show deleted models' })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${base}/models?deleted=only`);
    await eventually(() => page.getByRole('dialog').count(), 0);
    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('dialog').count(), 0);
  });

  await check('a key leads to the search of a view, and the palette tells the keys', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    const search = page.getByRole('searchbox');
    await page.getByRole('checkbox', { name: 'Select all on this page' }).focus();
    await page.keyboard.press('/');
    await focused(search);
    await page.keyboard.type('gpt/4');
    equal(await search.inputValue(), 'gpt/4');
    await search.fill('');
    await search.blur();
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog').locator('.palette-keys');
    await keys.getByText('search in a view').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('dialog').count(), 0);
    await page.goto(`${base}/suppliers`);
    await search.waitFor();
    await page.keyboard.press('/');
    await focused(search);
  });

  await check(
    'the palette has who is called so first, and the way to all that is found',
    async () => {
      const dialog = page.getByRole('dialog');
      const lines = dialog.locator('.ant-select-item-option');
      await page.keyboard.press('Control+k');
      await dialog.getByRole('combobox').waitFor();
      await page.keyboard.type('anthropic');
      await eventually(() => lines.first().innerText(), 'Anthropic\nits page');
      await dialog.getByRole('combobox').fill('claude sonnet');
      await eventually(
        async () => /^Claude.* Sonnet.*\nAnthropic$/.test(await lines.first().innerText()),
        true,
      );
      const { models } = await ask('{ models(where: { search: "claude sonnet" }) { totalCount } }');
      await lines.filter({ hasText: `All ${models.totalCount} results in the table` }).click();
      await page.waitForURL(`${base}/models?q=claude+sonnet`);
      await eventually(() => shownCount(page), models.totalCount);
    },
  );

  await check('a cursor that was cut off leads back to the first page', async () => {
    await page.goto(`${base}/models?after=cut&page=3`);
    await page.getByRole('heading', { level: 1, name: 'This could not be loaded' }).waitFor();
    await inspect(page, 'failed');
    await page.getByRole('button', { name: 'Go to the first page' }).click();
    await settled(page);
    equal(new URL(page.url()).search, '');
  });

  await check('an address that leads nowhere says so', async () => {
    for (const path of ['/models/999999999', '/models/x', '/nothing']) {
      await page.goto(base + path);
      await page
        .getByRole('heading', { level: 1, name: /There is (no such model|nothing)/ })
        .waitFor();
    }
    await inspect(page, 'not-found');
  });
}
