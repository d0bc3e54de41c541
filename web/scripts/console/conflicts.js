// What is done at once to something that somebody else has changed meanwhile: it is told and shown, and then done.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import { ask, base, check, eventually, focused, inspect } from './harness.js';
import { holdAnswers } from './held-answers.js';

/** @typedef {import('playwright-core').Page} Page */

const NAME = 'console_check_conflict';
const BEFORE = 'Before';
const AFTER = 'What others made of it';
const LOOK_AGAIN = 'look at it again before you go on';

/**
 * Has the server do something, past the page.
 *
 * @param {string} name the mutation, such as `createModel`
 * @param {Record<string, unknown>} input
 * @param {string} [made] what it answers with, such as `model { id }`
 */
async function write(name, input, made = '') {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { done } = await ask(
    `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${made} userErrors { message } } }`,
    { input },
  );
  equal(done.userErrors, []);
  return done;
}

/** @param {string} id */
const isThere = async (id) =>
  (await ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node !== null;

/** @param {string} supplierId */
async function keysOf(supplierId) {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Supplier { keys { id } } } }';
  return (await ask(query, { id: supplierId })).node.keys.map(
    (/** @type {{ id: string }} */ { id }) => id,
  );
}

/** What all of it is tried on. */
async function makeAll() {
  const named = { name: NAME, displayName: BEFORE };
  const { supplier } = await write('createSupplier', named, 'supplier { id databaseId }');
  const { supplierKey } = await write(
    'createSupplierKey',
    { supplierId: supplier.id, label: BEFORE, secret: 'sk-checked-conflict-0123456789' },
    'supplierKey { id }',
  );
  const { model } = await write(
    'createModel',
    { ...named, supplierId: supplier.id, modelType: 'OTHER', subType: NAME },
    'model { id databaseId }',
  );
  const { capability } = await write(
    'createCapability',
    { ...named, domain: 'NLP' },
    'capability { id }',
  );
  const { category } = await write(
    'createCategory',
    { ...named, categoryType: 'task' },
    'category { id databaseId }',
  );
  return { supplier, key: supplierKey, model, capability, category };
}

/**
 * @param {Page} page
 */
export async function meetOthers(page) {
  const dialog = page.getByRole('dialog').last();
  const { supplier, key, model, capability, category } = await makeAll();

  /** @param {string} label */
  const press = (label) => dialog.getByRole('button', { name: label, exact: true }).click();

  /** @param {string} name of what is opened, @param {string} deed */
  const choose = async (name, deed) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: deed }).click();
    await dialog.waitFor();
  };

  /**
   * Deletes what the open dialog is about, which somebody else has renamed.
   *
   * @param {() => Promise<boolean>} isStillThere
   * @param {string} [title]
   */
  const deleteRenamed = async (isStillThere, title = `Delete “${AFTER}”?`) => {
    await press('Delete');
    await dialog.getByText(LOOK_AGAIN).waitFor();
    await dialog.getByText(title).waitFor();
    equal(await isStillThere(), true);
    await press('Delete');
    await eventually(() => page.getByRole('dialog').count(), 0);
    equal(await isStillThere(), false);
  };

  await check('a price is ended after a look at what others made of it', async () => {
    const { price } = await write(
      'createModelPrice',
      { modelId: model.id, component: 'INPUT', amount: '0.25' },
      'price { id }',
    );
    await page.goto(`${base}/models/${model.databaseId}`);
    await page.getByRole('button', { name: 'Add a price' }).click();
    await dialog.getByLabel('Amount').fill('0.2');
    await dialog.getByLabel('First day it holds').fill('2030-01-01');
    await dialog.getByRole('checkbox', { name: /^End the price of 0\.25 / }).check();
    // The page, which follows what others do, is slower than them.
    const answers = await holdAnswers(page);
    await write('updateModelPrice', { id: price.id, amount: '0.3' });
    await page.keyboard.press('Control+Enter');
    await dialog.getByText(LOOK_AGAIN).waitFor();
    await dialog.getByRole('checkbox', { name: /^End the price of 0\.3 / }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('The price was added, and the one before it ended').waitFor();
    await answers.end();
  });

  await check('a model becomes the default after a look at what others made of it', async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Make default…' }).click();
    await dialog.getByText('There is no default yet').waitFor();
    await write('updateModel', { id: model.id, description: 'by somebody else' });
    await press('Make default');
    await dialog.getByText(LOOK_AGAIN).waitFor();
    await press('Make default');
    await page.getByText('This model is the default now').waitFor();
  });

  await check('what could not be read anew is not told to be', async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await dialog.getByText('It is the default of its type').waitFor();
    await write('updateModel', { id: model.id, displayName: AFTER, isDefault: false });
    await page.route('**/graphql', (route) =>
      /\bLatestModel\b/.test(route.request().postData() ?? '')
        ? route.fulfill({
            status: 200,
            contentType: 'application/json',
            body: '{"data":null,"errors":[{"message":"not today","extensions":{"code":"FORBIDDEN"}}]}',
          })
        : route.fallback(),
    );
    await press('Delete');
    await dialog.getByText('What it is now could not be read').waitFor();
    equal(await dialog.getByText(LOOK_AGAIN).count(), 0);
    await dialog.getByText(`Delete ${BEFORE}?`).waitFor();
    await inspect(page, 'delete-not-seen');
    await page.unroute('**/graphql');
  });

  await check('a model is deleted after a look at what others made of it', async () => {
    await deleteRenamed(() => isThere(model.id), `Delete ${AFTER}?`);
    await page.getByText(/This model was deleted on/).waitFor();
  });

  await check('a capability is deleted after a look at what others made of it', async () => {
    await page.goto(`${base}/capabilities?view=list&q=${NAME}`);
    await choose(BEFORE, 'Delete…');
    await write('updateCapability', { id: capability.id, displayName: AFTER });
    await deleteRenamed(() => isThere(capability.id));
    await page.getByText(`“${AFTER}” was deleted`).waitFor();
  });

  await check('what goes along with a category by now has to be said yes to', async () => {
    await page.goto(`${base}/categories?q=${NAME}`);
    await choose(BEFORE, 'Delete…');
    await write('updateCategory', { id: category.id, displayName: AFTER });
    const { category: below } = await write(
      'createCategory',
      { name: 'below', displayName: 'Below', categoryType: 'task', parentId: category.id },
      'category { id }',
    );
    await press('Delete');
    await dialog.getByText(LOOK_AGAIN).waitFor();
    await page.getByRole('dialog', { name: `Delete “${AFTER}”?` }).waitFor();
    const button = dialog.getByRole('button', { name: 'Delete', exact: true });
    equal(await button.isDisabled(), true);
    await dialog.getByRole('checkbox', { name: 'Delete the category below it too' }).check();
    await inspect(page, 'category-delete-again');
    await button.click();
    await eventually(() => page.getByRole('dialog').count(), 0);
    equal([await isThere(category.id), await isThere(below.id)], [false, false]);
  });

  await check('a key is rotated, and deleted, after a look at what others made of it', async () => {
    await page.goto(`${base}/suppliers/${supplier.databaseId}`);
    await choose(BEFORE, 'Rotate…');
    await focused(dialog.getByLabel('New key'));
    await dialog.getByLabel('New key').fill('sk-checked-conflict-9876543210');
    await write('updateSupplierKey', { id: key.id, weight: 2 });
    await press('Rotate');
    await dialog.getByText(LOOK_AGAIN).waitFor();
    await press('Rotate');
    await page.getByText(`Key “${BEFORE}” was rotated`).waitFor();
    const row = page.getByRole('row', { name: /Replaced/ });
    await row.getByRole('button', { name: `Actions for ${BEFORE}` }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await dialog.waitFor();
    await write('updateSupplierKey', { id: key.id, label: AFTER });
    await deleteRenamed(async () => (await keysOf(supplier.id)).includes(key.id));
  });

  await check('a supplier is deleted after a look at what others made of it', async () => {
    await page.locator('.overview').getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('Its keys are deleted with it.').waitFor();
    await write('updateSupplier', { id: supplier.id, displayName: AFTER });
    await deleteRenamed(() => isThere(supplier.id));
    await page.getByText('This supplier was deleted on').waitFor();
  });
}
