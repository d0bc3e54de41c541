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

  await check('the changes of a large set are chosen by what they are of', async () => {
    const { changeSet } = await ask(
      '{ changeSet(id: "ChangeSet:1") { summary { type count } changes(first: 1) { nodes { type objectId object { ... on Supplier { displayName name } } } } } }',
    );
    const countOf = (/** @type {string} */ kind) =>
      changeSet.summary.find((/** @type {any} */ { type }) => type === kind).count;
    const shown = page.locator('.set-group > h3');
    await page.goto(`${base}/changes/1`);
    const kinds = page.getByRole('navigation', { name: 'Of what' });
    await kinds.getByRole('link', { name: `${countOf('MODEL')} models`, exact: true }).click();
    await eventually(() => shown.count(), 50);
    equal(new URL(page.url()).search, '?type=MODEL');
    await inspect(page, 'change-set-kind');
    const last = Math.ceil(countOf('MODEL') / 50);
    for (let at = 2; at <= last; at += 1) {
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText(`Page ${at} of ${last}`).waitFor();
    }
    await eventually(() => shown.count(), countOf('MODEL') - 50 * (last - 1));
    equal(await page.getByRole('button', { name: 'Next' }).isDisabled(), true);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText(`Page ${last - 1} of ${last}`).waitFor();
    await eventually(() => shown.count(), 50);
    await kinds.getByRole('link', { name: `${countOf('SUPPLIER')} suppliers` }).click();
    // The set's very first change is among them, and each leads to its page.
    const suppliers = page.locator('.set-group .operation-names a');
    await eventually(() => suppliers.count(), countOf('SUPPLIER'));
    const [first] = changeSet.changes.nodes;
    const { displayName, name } = first.object;
    const link = suppliers.filter({ hasText: displayName ?? name }).first();
    equal(await link.getAttribute('href'), `/suppliers/${first.objectId.split(':')[1]}`);
  });

  await check(
    'what was done to many models at once is one line in the feed, which opens',
    async () => {
      const { models } = await ask('{ models(first: 4) { nodes { id } } }');
      const reason = `Done together at ${Date.now()}`;
      for (const isActive of [false, true]) {
        for (const { id } of models.nodes) {
          await ask(UPDATE, { input: { id, isActive, reason: isActive ? 'Back again' : reason } });
        }
      }
      await page.goto(`${base}/changes`);
      const line = page.locator('.feed > li', { hasText: reason });
      await line.getByText('4 × updateModel').waitFor();
      equal(await line.count(), 1);
      equal(await line.getByRole('link').count(), 0);
      await line.getByText('Show all 4 change sets').click();
      await eventually(() => line.getByRole('link', { name: /20\d\d/ }).count(), 4);
      await inspect(page, 'changes-folded');
    },
  );
}
