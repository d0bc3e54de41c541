// A server that is away, and a session that has ended.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import {
  ask,
  base,
  check,
  eventually,
  inspect,
  openPage,
  settled,
  shownCount,
  WIDE,
} from './harness.js';

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 */
export async function haveTrouble(page, context) {
  await missParts(/** @type {import('playwright-core').Browser} */ (context.browser()));
  await check('while the server is away nothing is lost, and it goes on by itself', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    await context.setOffline(true);
    try {
      await page.getByRole('searchbox').fill('claude');
      await page.getByText('The server does not answer').waitFor();
      equal(await page.getByRole('searchbox').inputValue(), 'claude');
      await inspect(page, 'away');
    } finally {
      await context.setOffline(false);
    }
    const { models } = await ask('{ models(where: { search: "claude" }) { totalCount } }');
    await eventually(() => shownCount(page), models.totalCount);
    await eventually(() => page.getByText('The server does not answer').count(), 0);
  });

  await check(
    'a server that hangs is told, and what is older than the search looks so',
    async () => {
      await page.goto(`${base}/models`);
      await settled(page);
      /** @type {() => void} */
      let goOn = () => {};
      const hung = new Promise((resolve) => {
        goOn = () => resolve(undefined);
      });
      await page.route('**/graphql', (route) => hung.then(() => route.continue()));
      await page.getByRole('searchbox').fill('claude');
      const lookOf = (/** @type {string} */ selector) =>
        page.locator(selector).evaluate((each) => getComputedStyle(each).filter);
      await eventually(() => lookOf('.models-table tbody'), 'opacity(0.5)');
      await eventually(() => lookOf('.models-count'), 'opacity(0.5)');
      const banner = page.getByText('The server is slow');
      await banner.waitFor();
      await inspect(page, 'slow');
      goOn();
      await eventually(() => banner.count(), 0);
      const { models } = await ask('{ models(where: { search: "claude" }) { totalCount } }');
      await eventually(() => shownCount(page), models.totalCount);
      await eventually(() => lookOf('.models-table tbody'), 'none');
      await page.unroute('**/graphql');
    },
  );

  await check('an outage that meets many rows is told once', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    for (const box of (await page.locator('tbody input[type=checkbox]').all()).slice(0, 5)) {
      await box.check();
    }
    await context.setOffline(true);
    try {
      await page.getByRole('button', { name: 'Deactivate' }).click();
      const problems = page.getByRole('region', { name: 'What was changed' }).getByRole('listitem');
      await eventually(() => problems.count(), 1);
      await problems.getByText('and 2 others: The server does not answer').waitFor();
    } finally {
      await context.setOffline(false);
    }
    await eventually(() => page.getByText('The server does not answer').count(), 1);
    await page.getByRole('button', { name: 'Clear selection' }).click();
  });

  await check('who is no longer signed in is told, and loses nothing', async () => {
    await page.getByRole('searchbox').fill('claude');
    await page.waitForURL(/q=claude/);
    await settled(page);
    await page.locator('tbody input[type=checkbox]').first().check();
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByRole('button', { name: 'Deactivate' }).click();
    const banner = page.locator('.banners').getByText('You are no longer signed in');
    await banner.waitFor();
    equal(await page.getByRole('searchbox').inputValue(), 'claude');
    await inspect(page, 'signed-out');
    await context.addCookies(cookies);
    await page.getByRole('button', { name: 'I have signed in' }).click();
    await eventually(() => banner.count(), 0);
  });
}

/** @param {import('playwright-core').Browser} browser */
async function missParts(browser) {
  // A browser that has seen nothing yet has nothing in its cache.
  const context = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
  const page = await openPage(context);

  await check('a view that nobody answers for says so, and comes by itself', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    await context.setOffline(true);
    try {
      await page.getByRole('searchbox').fill('typed');
      await page.keyboard.press('Control+k');
      await page.locator('.banners').getByText('The server does not answer').waitFor();
      await eventually(() => page.getByRole('dialog').count(), 0);
      equal(await page.getByRole('searchbox').inputValue(), 'typed');
      await page.getByRole('link', { name: 'Categories' }).click();
      await page.getByRole('heading', { level: 1, name: 'The server does not answer' }).waitFor();
      await inspect(page, 'view-away');
    } finally {
      await context.setOffline(false);
    }
    await page.getByRole('heading', { level: 1, name: 'Categories' }).waitFor();
  });

  await check(
    'a view that a newer console has no more is told, and the page is renewed',
    async () => {
      const parts = '**/assets/suppliers-page*';
      await page.route(parts, (route) => route.fulfill({ status: 404 }));
      await page.getByRole('link', { name: 'Suppliers' }).click();
      await page
        .getByRole('heading', { level: 1, name: 'This page is older than the server' })
        .waitFor();
      await inspect(page, 'view-outdated');
      await page.unroute(parts);
      await page.getByRole('button', { name: 'Reload the page' }).click();
      await page.getByRole('heading', { level: 1, name: 'Suppliers' }).waitFor();
    },
  );
  await context.close();
}
