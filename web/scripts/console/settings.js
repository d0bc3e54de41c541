// Tokens from their making to their end, and what everyone sees of the settings.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import { base, check, eventually, inspect, openPage, WIDE } from './harness.js';

const NAME = 'console-check';

/**
 * How the server answers who comes with a token.
 *
 * @param {string} token
 */
async function statusOf(token) {
  const answer = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: '{ viewer { name role scopes } }' }),
  });
  const { data } = await answer.json();
  return { status: answer.status, viewer: data?.viewer };
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
export async function changeSettings(page, browser) {
  const tokens = page.getByRole('region', { name: 'API tokens' }).first();
  const dialog = page.getByRole('dialog');
  /** @type {string} */
  let token = '';

  await check('the settings say who one is, and how the server is', async () => {
    await page.goto(`${base}/settings`);
    await page.getByRole('region', { name: 'Session' }).getByText('session:').waitFor();
    await page
      .getByRole('region', { name: 'Server' })
      .getByText('Ready', { exact: true })
      .waitFor();
    await tokens.getByRole('rowheader').first().waitFor();
    await inspect(page, 'settings');
  });

  await check('a token that the server would refuse is refused before', async () => {
    await tokens.getByRole('button', { name: 'New token' }).click();
    await dialog.getByLabel('Name').fill('Two Words');
    await dialog.getByRole('checkbox', { name: /^Limit it/ }).check();
    await dialog.getByRole('button', { name: 'New token' }).click();
    await dialog.getByText('no spaces').waitFor();
    await dialog.getByText('Choose at least one').waitFor();
    equal(await dialog.getByLabel('Name').inputValue(), 'Two Words');
    await inspect(page, 'token-problems');
  });

  await check('a token is made, shown once, and good', async () => {
    await dialog.getByLabel('Name').fill(NAME);
    await dialog.getByRole('checkbox', { name: /^Read the catalogue/ }).check();
    await dialog.getByRole('button', { name: 'New token' }).click();
    await dialog.getByText('it is never shown again').waitFor();
    token = await dialog.locator('code').first().innerText();
    await page.keyboard.press('Escape');
    equal(await dialog.getByText(token).count(), 1);
    equal(await statusOf(token), {
      status: 200,
      viewer: { name: `token:${NAME}`, role: 'VIEWER', scopes: ['CATALOGUE_READ'] },
    });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await tokens.getByRole('rowheader', { name: NAME }).waitFor();
    await eventually(() => dialog.count(), 0);
    equal(await page.getByText(token).count(), 0);
  });

  await check('a name that is taken is told at its field', async () => {
    await tokens.getByRole('button', { name: 'New token' }).click();
    equal(await dialog.getByLabel('Name').inputValue(), '');
    await dialog.getByLabel('Name').fill(NAME);
    await dialog.getByRole('button', { name: 'New token' }).click();
    await eventually(() => dialog.getByLabel('Name').getAttribute('aria-invalid'), 'true');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => dialog.count(), 0);
  });

  await check('a token that is revoked lets nobody in', async () => {
    await page.getByRole('button', { name: `Revoke ${NAME}` }).click();
    await dialog.getByText('locked out at once').waitFor();
    await inspect(page, 'token-revoke');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await eventually(() => tokens.getByRole('rowheader', { name: NAME }).count(), 0);
    equal((await statusOf(token)).status, 401);
  });

  await check('who may not make tokens is told so', async () => {
    const stranger = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const other = await openPage(stranger);
    await other.goto(`${base}/settings`);
    await other.getByText('Only admins see and make tokens').waitFor();
    await inspect(other, 'settings-viewer');
    await stranger.close();
  });
}
