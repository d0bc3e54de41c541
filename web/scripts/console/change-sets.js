// Change sets of more than one object: what reverting them comes to.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import { ask, base, check, eventually, inspect } from './harness.js';

const UPDATE =
  'mutation ($input: UpdateModelInput!) { updateModel(input: $input) { changeSet { id databaseId } userErrors { message } } }';

/** A model that is the default of its kind, and another one that could be. */
async function pair() {
  const { models } = await ask(
    '{ models(where: { isDefault: { eq: true } }, first: 100) { nodes { id databaseId modelType subType } } }',
  );
  for (const first of models.nodes) {
    const { models: others } = await ask(
      'query ($where: ModelWhere) { models(where: $where, first: 2) { nodes { id databaseId } } }',
      { where: { modelType: { eq: first.modelType }, subType: { eq: first.subType } } },
    );
    const second = others.nodes.find((/** @type {any} */ { id }) => id !== first.id);
    if (second) {
      return { first, second };
    }
  }
  throw new Error('no two models are of a kind');
}

/** @param {string[]} ids */
const areDefaults = async (...ids) =>
  (
    await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Model { isDefault } } }', { ids })
  ).nodes.map((/** @type {any} */ { isDefault }) => isDefault);

/** @param {import('playwright-core').Page} page */
export async function readChangeSets(page) {
  const dialog = page.getByRole('dialog');
  const { first, second } = await pair();

  await check('who reverts from a model’s history is told of the others', async () => {
    await ask(UPDATE, { input: { id: second.id, isDefault: true, reason: 'The new default' } });
    await page.goto(`${base}/models/${second.databaseId}`);
    await page
      .locator('.timeline > li', { hasText: 'The new default' })
      .first()
      .getByRole('button', { name: /^Revert the change/ })
      .click();
    await dialog.getByText('This reverts more than what is shown here').waitFor();
    await dialog.getByText('2 models changed').waitFor();
    await dialog.getByRole('link', { name: /^Change set/ }).waitFor();
    await inspect(page, 'revert-others');
  });

  await check('one model is taken back without the others', async () => {
    await dialog.getByRole('button', { name: 'Take back only this model…' }).click();
    await page.getByRole('dialog', { name: /^Only this model/ }).waitFor();
    await eventually(() => dialog.count(), 1);
    await inspect(page, 'rollback-before');
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await page.getByText('The model is what it was before').waitFor();
    equal(await areDefaults(first.id, second.id), [false, false]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal(await areDefaults(first.id, second.id), [false, true]);
    await ask(UPDATE, { input: { id: first.id, isDefault: true } });
  });
}
