// What somebody does who has never seen the console: import a catalogue, find the cheapest model for a
// job, compare three, make one the default, and see who changed what. Each step is found by what the
// step before shows, never by an address.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, inspect, settled, shownCount } from './harness.js';
import { fileOf, model } from './models-dev-file.js';

const SUPPLIER = 'journey';
const ACTOR = 'session:first';
const SUPPLIER_NAME = 'Journey Cloud';

/** Of the five, three meet what is looked for; the cheapest of all doesn't. */
const FILE = fileOf('journey.json', {
  id: SUPPLIER,
  name: SUPPLIER_NAME,
  models: {
    'journey-small': model('Journey Small', 0.0001, 32_000),
    'journey-mute': model('Journey Mute', 0.0002, 400_000, false),
    'journey-fair': model('Journey Fair', 0.0003, 200_000),
    'journey-good': model('Journey Good', 0.0005, 400_000),
    'journey-best': model('Journey Best', 0.0007, 1_000_000),
  },
});
const FOUND = ['Journey Fair', 'Journey Good', 'Journey Best'];
const MINE = 'Journey Good';

/** @param {import('playwright-core').Page} page */
const bar = (page) => page.getByRole('navigation', { name: 'Main' });

/** @param {import('playwright-core').Page} page */
export async function goOnAJourney(page) {
  await check('a newcomer imports a catalogue', async () => {
    await page.goto(base);
    await settled(page);
    const before = await shownCount(page);
    await bar(page).getByRole('link', { name: 'Import' }).click();
    await page.locator('input[type=file]').setInputFiles(FILE);
    await page.getByText('It looks like this format').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    const models = page.getByRole('row', { name: /^Models / });
    equal((await models.innerText()).split(/\s+/), ['Models', '5', '0', '0', '0']);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const done = page.getByRole('region', { name: 'Imported' });
    await done.getByText('Models: 5 new, 0 changed.').waitFor();
    await done.getByRole('link', { name: 'See the models' }).click();
    await settled(page);
    await eventually(() => shownCount(page), before + 5);
  });

  await check('finds the cheapest model with a context of 200k and tool calling', async () => {
    await page.getByRole('combobox', { name: 'Capabilities' }).fill('tool');
    await page.locator('.ant-select-item-option', { hasText: 'Tool calling' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Context window: at least' }).fill('200k');
    await page.keyboard.press('Enter');
    // Whoever looks for a price doesn't look for what is free.
    await page
      .getByRole('group', { name: /^Free models/ })
      .getByText('Without')
      .click();
    await page.getByRole('button', { name: 'Input / 1M' }).click();
    await eventually(
      async () => (await page.locator('tbody .name a').allInnerTexts()).slice(0, 3),
      FOUND,
    );
    const first = page.locator('tbody tr').first();
    ok(/200K/.test(await first.innerText()), 'the context is not shown');
    ok(/\$0\.0003/.test(await first.innerText()), 'the price is not shown');
    await inspect(page, 'journey-found');
  });

  await check('compares the three', async () => {
    for (const name of FOUND) {
      await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
    }
    const selected = page.getByRole('region', { name: 'Selected models' });
    await selected.getByRole('button', { name: /^Compare/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Compare models' }).waitFor();
    const costs = page.getByRole('table', { name: 'Cost a month' });
    await eventually(
      () => costs.locator('tr', { hasText: 'Cheapest' }).locator('th').allInnerTexts(),
      [FOUND[0]],
    );
    await inspect(page, 'journey-compare');
  });

  await check('makes one of them the default', async () => {
    await page.getByRole('link', { name: MINE }).first().click();
    await page.getByRole('heading', { level: 1, name: MINE }).waitFor();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Make default…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^The default is .* now; this model takes its place\.$/).waitFor();
    await inspect(page, 'journey-default');
    await dialog.getByRole('button', { name: 'Make default' }).click();
    await page.getByText('This model is the default now').waitFor();
    await page.locator('.overview .flag', { hasText: 'Default' }).waitFor();
  });

  await check('and sees who changed what', async () => {
    const history = page.getByRole('region', { name: 'History' });
    const last = history.locator('ol > li').first();
    await last.getByText(`by ${ACTOR}`).waitFor();
    await eventually(() => last.locator('dt').allInnerTexts(), ['Default']);
    equal(await last.locator('del').innerText(), 'No');
    equal(await last.locator('ins').innerText(), 'Yes');
    await bar(page).getByRole('link', { name: 'Changes' }).click();
    const newest = page.locator('.feed > li').first();
    await newest.getByText('2 models changed').waitFor();
    await newest.getByText(ACTOR).waitFor();
    await newest.getByRole('link', { name: MINE }).waitFor();
    await inspect(page, 'journey-changes');
  });

  await check(
    'takes the default back where it was given, and the import with all that came after it',
    async () => {
      await openLast(page, '2 models changed');
      await page.getByRole('button', { name: 'Revert…' }).first().click();
      await revert(page);
      await openLast(page, FILE.name);
      await page.getByRole('button', { name: 'Revert…' }).first().click();
      await page.getByRole('radio', { name: /^Bring back all/ }).check();
      await revert(page);
      equal((await ask(`{ supplier(name: "${SUPPLIER}") { id } }`)).supplier, null);
    },
  );
}

/**
 * Opens the newest change set that the feed tells this of.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} told
 */
async function openLast(page, told) {
  await page.locator('.feed > li', { hasText: told }).first().locator('a').first().click();
  await page.getByRole('heading', { level: 1, name: /^Change set/ }).waitFor();
}

/** @param {import('playwright-core').Page} page */
async function revert(page) {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Revert', exact: true }).click();
  await dialog.getByText(/^Reverted: /).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('link', { name: '← Changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Changes' }).waitFor();
}
