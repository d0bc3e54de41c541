// Many rows at once: changed, taken back, and refused.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import { ask, base, check, eventually, inspect, settled, shownCount } from './harness.js';

/**
 * @param {import('playwright-core').Page} page
 */
export async function changeModels(page) {
  await check('rows are changed together, and back', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    const { models } = await ask('{ models(first: 2) { nodes { id name displayName } } }');
    const ids = models.nodes.map((/** @type {any} */ node) => node.id);
    const areActive = async () =>
      (
        await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Model { isActive } } }', {
          ids,
        })
      ).nodes.map((/** @type {any} */ node) => node.isActive);
    for (const { name, displayName } of models.nodes) {
      await page
        .getByRole('checkbox', { name: `Select ${displayName ?? name}`, exact: true })
        .first()
        .check();
    }
    await inspect(page, 'models-selected');
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('2 models deactivated').waitFor();
    equal(await areActive(), [false, false]);
    await eventually(() => page.locator('tbody .flag', { hasText: 'Inactive' }).count(), 2);
    await inspect(page, 'models-undo');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal(await areActive(), [true, true]);
    await eventually(() => page.locator('tbody .flag', { hasText: 'Inactive' }).count(), 0);
  });

  await check('a category is given to many, and taken back', async () => {
    const query =
      'query ($where: ModelWhere) { models(where: $where) { totalCount } categories(first: 1) { nodes { path displayName } } }';
    const { categories } = await ask(query);
    const [{ path, displayName }] = categories.nodes;
    const inIt = async () =>
      (await ask(query, { where: { category: { path } } })).models.totalCount;
    const before = await inIt();
    await page.locator('tbody input[type=checkbox]').first().check();
    await page.getByRole('combobox', { name: 'Add to category' }).click();
    await page.locator('.ant-select-item-option', { hasText: displayName }).first().click();
    await page.getByText(`1 model added to “${displayName}”`).waitFor();
    equal(await inIt(), before + 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal(await inIt(), before);
  });

  await check('rows that are not shown are counted, and not deleted unasked', async () => {
    const count = async () => (await ask('{ models { totalCount } }')).models.totalCount;
    const before = await count();
    const boxes = page.locator('tbody input[type=checkbox]');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole('searchbox').fill('no model is called so');
    await page.getByText('2 selected, 2 of them not shown').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 models?' });
    await dialog.getByText('2 of them are not shown').waitFor();
    await inspect(page, 'models-delete-hidden');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => page.getByRole('dialog').count(), 0);
    equal(await count(), before);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('2 models deleted').waitFor();
    equal(await count(), before - 2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal(await count(), before);
    await page.getByRole('searchbox').fill('');
    await eventually(() => shownCount(page), before);
    await settled(page);
  });

  await check('what was deleted is found among the deleted, and restored', async () => {
    const before = await shownCount(page);
    await page.locator('tbody input[type=checkbox]').first().check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('1 model deleted').waitFor();
    await eventually(() => shownCount(page), before - 1);
    await page.goto(`${base}/models?deleted=only`);
    await settled(page);
    equal(await shownCount(page), 1);
    await page.locator('tbody input[type=checkbox]').first().check();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('1 model restored').waitFor();
    await page.getByText('No model meets all of these filters').waitFor();
    await inspect(page, 'models-empty');
  });

  await check('an empty table is counted as one, though counting takes its time', async () => {
    await page.goto(`${base}/models?q=gemini`);
    await settled(page);
    const before = await shownCount(page);
    await page.locator('thead input[type=checkbox]').check();
    /** @type {() => void} */
    let letGo = () => {};
    const held = new Promise((go) => {
      letGo = () => go(undefined);
    });
    await page.route('**/graphql', async (route) => {
      if (/query ModelFacets/.test(route.request().postDataJSON()?.query ?? '')) {
        await held;
      }
      await route.fallback();
    });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No model meets all of these filters').waitFor();
    await eventually(() => shownCount(page), 0);
    const counts = page.locator('.models-filters .filters');
    equal(await counts.getAttribute('aria-busy'), 'true');
    letGo();
    await eventually(() => counts.getAttribute('aria-busy'), 'false');
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    await eventually(() => shownCount(page), before);
  });

  await check('what somebody else changed meanwhile is not overwritten', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    await page.locator('tbody input[type=checkbox]').first().check();
    const { models } = await ask('{ models(first: 1) { nodes { id description } } }');
    const [{ id, description }] = models.nodes;
    const change = `mutation ($input: UpdateModelInput!) { updateModel(input: $input) { userErrors { message } } }`;
    await ask(change, { input: { id, description: `${description ?? ''} x` } });
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('Nothing was changed').waitFor();
    equal(
      (await ask('query ($id: ID!) { node(id: $id) { ... on Model { isActive } } }', { id })).node
        .isActive,
      true,
    );
    equal(await page.locator('tbody .flag', { hasText: 'Inactive' }).count(), 0);
    await inspect(page, 'models-conflict');
    await ask(change, { input: { id, description } });
  });
}
