// A model that is made for it goes through all that can be edited, and is deleted in the end.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { editParts } from './editing-parts.js';
import { ask, base, check, eventually, inspect, settled } from './harness.js';
import { holdAnswers, watchDeleted } from './held-answers.js';

export const NAME = 'console-check/edited';
const OTHER = 'console-check/other';
const KIND = 'console_check';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').BrowserContext} Context
 */

/** @param {Page} page */
export const dialog = (page) => page.getByRole('dialog').last();

/**
 * What was asked of the server that could change something, from now on.
 *
 * @param {Page} page
 */
export function writesOf(page) {
  /** @type {string[]} */
  const writes = [];
  page.on('request', (request) => {
    const query = request.postDataJSON()?.query;
    if (request.url().endsWith('/graphql') && /^\s*mutation\b/.test(query ?? '')) {
      writes.push(query);
    }
  });
  return writes;
}

/** @param {string} id */
async function readModel(id) {
  const query = `query ($id: ID!) { node(id: $id, deleted: INCLUDE) { ... on Model {
    id name displayName description subType isActive isDefault lifecycleStage knowledgeCutoff version deletedAt
    aliases { alias } successor { name } } } }`;
  return (await ask(query, { id })).node;
}

/** @param {Record<string, unknown>} input */
async function changeModel(input) {
  const { updateModel } = await ask(
    'mutation ($input: UpdateModelInput!) { updateModel(input: $input) { userErrors { message } } }',
    { input },
  );
  equal(updateModel.userErrors, []);
}

/** @param {Page} page @param {string} id */
async function openModel(page, id) {
  await page.goto(`${base}/models/${id.split(':')[1]}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
}

/** @param {Page} page */
async function edit(page) {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await dialog(page).getByLabel('Display name').waitFor();
  return dialog(page);
}

/** @param {Page} page */
const isClosed = (page) => eventually(() => page.getByRole('dialog').count(), 0);

/**
 * @param {Page} page
 * @param {Context} context
 * @param {import('playwright-core').Browser} browser
 */
export async function editModels(page, context, browser) {
  const writes = writesOf(page);
  const { suppliers } = await ask(
    '{ suppliers(where: { name: { eq: "openai" } }) { nodes { id displayName } } }',
  );
  const [supplier] = suppliers.nodes;
  let id = '';

  await check('a model is made, after what is missing or wrong was told', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    await page.getByRole('button', { name: 'New model' }).click();
    await page.getByRole('heading', { level: 1, name: 'New model' }).waitFor();
    await page.getByLabel('Sub-type').fill('Not Snake');
    await page.getByLabel('Knowledge cutoff').fill('2025-13');
    await page.getByRole('button', { name: 'Create model' }).click();
    await page.getByText('needs a value').first().waitFor();
    await page.getByText('must be 1 to 100 bytes of lower-case letters, digits and _').waitFor();
    await page.getByText('is not a date; write a year, a month or a day').waitFor();
    await inspect(page, 'new-model-refused');
    equal(writes, []);
    await page.getByLabel('Supplier').click();
    await page.keyboard.type('openai');
    await page
      .locator('.ant-select-item-option')
      .getByText(supplier.displayName, { exact: true })
      .click();
    // A name that another model has: only the server knows.
    await page.getByLabel('Name', { exact: true }).fill('gpt-4o');
    await page.getByLabel('Sub-type').fill(KIND);
    await page.getByLabel('Knowledge cutoff').fill('2025-06');
    await page.getByLabel('Type', { exact: true }).click();
    await page.locator('.ant-select-item-option', { hasText: 'Other' }).click();
    await page.getByLabel('Aliases').click();
    await page.keyboard.type('console-check-alias');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).press('Control+Enter');
    await page.getByText('"gpt-4o" is the name of a live model of this supplier').waitFor();
    await page.getByLabel('Name', { exact: true }).fill(NAME);
    await inspect(page, 'new-model');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/models\/\d+$/);
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    id = `Model:${page.url().split('/').at(-1)}`;
    const made = await readModel(id);
    equal(made.knowledgeCutoff, '2025-06');
    equal(made.aliases, [{ alias: 'console-check-alias' }]);
    await inspect(page, 'model-editable');
  });

  await check('what the server would refuse is refused without asking it', async () => {
    writes.length = 0;
    const form = await edit(page);
    await form.getByLabel('Description').fill('x'.repeat(10_001));
    await form.getByLabel('Retires on').fill('2031-01-01');
    await form.getByLabel('Deprecated from').fill('2032-01-01');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('has 10001 characters; at most 10000 are kept').waitFor();
    await form.getByText('is before the day it is deprecated, 2032-01-01').waitFor();
    await eventually(
      () => form.getByLabel('Description').evaluate((field) => field === document.activeElement),
      true,
    );
    await inspect(page, 'model-edit-refused');
    equal(writes, []);
    await form.getByLabel('Description').fill('For the <b>checks</b> of the console.');
    await form.getByLabel('Deprecated from').fill('2030-01-01');
    await form.getByLabel('Display name').fill('Edited');
    await form.getByLabel('Reason').fill('It is checked');
    await inspect(page, 'model-edit');
    await page.keyboard.press('Control+Enter');
    await isClosed(page);
    await page.getByRole('heading', { level: 1, name: 'Edited' }).waitFor();
    await page.getByText('The model was changed').waitFor();
    await eventually(
      () =>
        page
          .getByRole('button', { name: 'Edit', exact: true })
          .evaluate((button) => button === document.activeElement),
      true,
    );
    await page.getByRole('region', { name: 'History' }).getByText('It is checked').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    equal((await readModel(id)).description, null);
  });

  await check('what only the server knows stands beside its field', async () => {
    const form = await edit(page);
    await form.getByLabel('Name', { exact: true }).fill('gpt-4o');
    await form.getByLabel('Display name').fill('Still here');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('"gpt-4o" is the name of a live model of this supplier').waitFor();
    equal(await form.getByLabel('Display name').inputValue(), 'Still here');
    await inspect(page, 'model-edit-taken');
  });

  await check('who would lose what was typed is asked first', async () => {
    await page.keyboard.press('Escape');
    await page.getByText('Leave without saving?').waitFor();
    await inspect(page, 'leave-guard');
    await page.getByRole('button', { name: 'Go on editing' }).click();
    await eventually(() => page.getByText('Leave without saving?').isVisible(), false);
    equal(await dialog(page).getByLabel('Display name').inputValue(), 'Still here');
    await page.goBack();
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Go on editing' }).click();
    await eventually(() => page.getByText('Leave without saving?').isVisible(), false);
    await eventually(async () => page.url().split('/').at(-1), id.split(':')[1]);
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await isClosed(page);
    equal((await readModel(id)).displayName, null);
  });

  await check('of two tabs, the second is told what the first has done', async () => {
    const conflict = async () => {
      const form = await edit(page);
      await form.getByLabel('Display name').fill('Mine');
      await changeModel({ id, displayName: `Theirs ${Math.random()}` });
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Somebody else changed this meanwhile').waitFor();
      return form;
    };
    const shown = async () => (await readModel(id)).displayName;
    await conflict();
    await page.getByText('What is there now', { exact: true }).waitFor();
    await inspect(page, 'conflict');
    await page.getByRole('button', { name: 'Go on editing' }).click();
    await eventually(() => page.getByRole('dialog').count(), 1);
    equal(await dialog(page).getByLabel('Display name').inputValue(), 'Mine');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await isClosed(page);
    ok((await shown()).startsWith('Theirs'));
    await page.getByRole('heading', { level: 1, name: /^Theirs/ }).waitFor();
    await conflict();
    await page.getByRole('button', { name: 'Save mine' }).click();
    await isClosed(page);
    equal(await shown(), 'Mine');
    await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
  });

  await check('a server that is away while saving loses nothing', async () => {
    const form = await edit(page);
    await form.getByLabel('Display name').fill('Typed meanwhile');
    await context.setOffline(true);
    try {
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('The server does not answer, so it is not certain').waitFor();
      equal(await form.getByLabel('Display name').inputValue(), 'Typed meanwhile');
      await inspect(page, 'edit-away');
    } finally {
      await context.setOffline(false);
    }
    await eventually(() => page.locator('.banners .ant-alert').count(), 0);
    await form.getByRole('button', { name: 'Save' }).click();
    await isClosed(page);
    equal((await readModel(id)).displayName, 'Typed meanwhile');
  });

  await check('a session that ends while somebody types loses nothing', async () => {
    const form = await edit(page);
    await form.getByLabel('Display name').fill('Typed without a session');
    const cookies = await context.cookies();
    await context.clearCookies();
    try {
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('You are no longer signed in, so nothing was saved').waitFor();
      await page.locator('.banners').getByText('You are no longer signed in').waitFor();
      equal(await form.getByLabel('Display name').inputValue(), 'Typed without a session');
      await inspect(page, 'edit-signed-out');
    } finally {
      await context.addCookies(cookies);
    }
    await form.getByRole('button', { name: 'Save' }).click();
    await isClosed(page);
    equal((await readModel(id)).displayName, 'Typed without a session');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await eventually(() => page.locator('.banners .ant-alert').count(), 0);
  });

  await openModel(page, id);
  await editParts(page, id);

  await check('a model becomes the default in place of another one, and back', async () => {
    const { createModel } = await ask(
      'mutation ($input: CreateModelInput!) { createModel(input: $input) { model { id } userErrors { message } } }',
      {
        input: {
          supplierId: supplier.id,
          name: OTHER,
          modelType: 'OTHER',
          subType: KIND,
          isDefault: true,
        },
      },
    );
    const other = createModel.model.id;
    const make = async () => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Make default…' }).click();
    };
    await make();
    await page.getByText(`The default is ${OTHER} now`).waitFor();
    await inspect(page, 'make-default');
    await dialog(page).getByRole('button', { name: 'Make default' }).click();
    await page.getByText('This model is the default now').waitFor();
    equal([(await readModel(id)).isDefault, (await readModel(other)).isDefault], [true, false]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal([(await readModel(id)).isDefault, (await readModel(other)).isDefault], [false, true]);
    await ask(
      'mutation ($input: DeleteModelInput!) { deleteModel(input: $input) { userErrors { message } } }',
      {
        input: { id: other },
      },
    );
    await make();
    await page.getByText('There is no default yet').waitFor();
    await dialog(page).getByRole('button', { name: 'Make default' }).click();
    await page.locator('.overview-flags').getByText('Default', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'No longer the default' }).click();
    await page.getByText('This model is no longer the default').waitFor();
    equal((await readModel(id)).isDefault, false);
  });

  await check('who may only read is offered nothing to change', async () => {
    const visitor = await browser.newContext({ locale: 'en-US' });
    const theirs = await visitor.newPage();
    await theirs.route('**/graphql', async (route) => {
      const answer = await route.fetch({
        headers: {
          ...route.request().headers(),
          authorization: `Bearer ${process.env.MODELRY_TOKEN}`,
        },
      });
      const body = await answer.json();
      if (body.data?.viewer) {
        body.data.viewer.role = 'VIEWER';
      }
      await route.fulfill({ response: answer, json: body });
    });
    await theirs.goto(`${base}/models/${id.split(':')[1]}`);
    await theirs.getByRole('heading', { level: 1 }).waitFor();
    await theirs.getByRole('region', { name: 'History' }).locator('li').first().waitFor();
    equal(
      await theirs.getByRole('button', { name: /^(Edit|More|Add|Put|Remove|Change)/ }).count(),
      0,
    );
    await theirs.goto(`${base}/models/new`);
    await theirs.getByText('You may not create models').waitFor();
    await visitor.close();
  });

  await check('a model is deleted, restored, and deleted', async () => {
    const remove = async () => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await dialog(page).getByText('Its aliases, parameters, prices').waitFor();
    };
    await remove();
    await inspect(page, 'delete-model');
    const answers = await holdAnswers(page);
    await dialog(page).getByRole('button', { name: 'Delete' }).click();
    await page.getByText(/This model was deleted on/).waitFor();
    equal(await page.getByRole('button', { name: 'Edit', exact: true }).count(), 0);
    await inspect(page, 'model-deleted');
    // News of the deletion has the page read anew, and is answered when the model has been restored.
    const fromBefore = await answers.some(0);
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('The model was restored').waitFor();
    equal((await readModel(id)).deletedAt, null);
    await answers.some(fromBefore);
    const shown = await page.evaluateHandle(watchDeleted);
    await answers.letGo(fromBefore);
    await answers.end();
    equal(await shown.jsonValue(), []);
    await remove();
    await dialog(page).getByRole('button', { name: 'Delete' }).click();
    await page.getByText(/This model was deleted on/).waitFor();
  });
}
