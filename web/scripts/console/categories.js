// The tree of categories: found, made, moved by keyboard, menu and mouse, taken back, deleted, restored.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, focused, inspect } from './harness.js';

const MADE = 'Checked category';

// Chromium takes its time to begin a drag where the machine is busy.
const DRAG = { timeout: 30_000 };

/** @param {string} path */
async function childrenOf(path) {
  const query = 'query ($path: String!) { category(path: $path) { children { name } } }';
  const { category } = await ask(query, { path });
  return category.children.map((/** @type {{ name: string }} */ { name }) => name);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} path
 */
async function rowOf(page, path) {
  const { category } = await ask('query ($path: String!) { category(path: $path) { id } }', {
    path,
  });
  return page.locator(`tr[data-id="${category.id}"]`);
}

/**
 * @param {import('playwright-core').Page} page
 */
export async function arrangeCategories(page) {
  await check('the tree shows what the server counts, and leads to the models', async () => {
    await page.goto(`${base}/categories`);
    const row = await rowOf(page, 'llm/chat');
    const { category } = await ask(
      '{ category(path: "llm/chat") { models(includeDescendants: true) { totalCount } } }',
    );
    const { totalCount } = category.models;
    await eventually(() => row.getByRole('link').innerText(), String(totalCount));
    await inspect(page, 'categories');
    await row.getByRole('link').click();
    await page.waitForURL(`${base}/models?category=llm%2Fchat`);
    await page.goBack();
    await row.waitFor();
  });

  await check('categories are found by name, and the tree is folded', async () => {
    await page.getByRole('searchbox').fill('fill in');
    await eventually(() => page.locator('.tree tbody tr').count(), 4);
    await eventually(async () => new URL(page.url()).search, '?q=fill+in');
    await inspect(page, 'categories-found');
    await page.getByRole('searchbox').fill('');
    await eventually(async () => new URL(page.url()).search, '');
    await page.getByRole('button', { name: 'Collapse all' }).click();
    const { categoryTree } = await ask('{ categoryTree(maxDepth: 1) { id } }');
    await eventually(() => page.locator('.tree tbody tr').count(), categoryTree.length);
    await page.getByRole('button', { name: 'Expand all' }).click();
  });

  await check('a category is made; what is wrong with it is told beside the field', async () => {
    await page.getByRole('button', { name: 'New category' }).click();
    const dialog = page.getByRole('dialog', { name: 'New category' });
    await focused(dialog.getByRole('textbox', { name: 'Display name' }));
    await dialog.getByRole('textbox', { name: 'Display name' }).fill(MADE);
    equal(await dialog.getByLabel('Name', { exact: true }).inputValue(), 'checked-category');
    await dialog.getByLabel('Name', { exact: true }).fill('llm');
    await dialog.getByLabel('Type').fill('task');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('there is a live category at "llm"').waitFor();
    await inspect(page, 'category-form');
    await dialog.getByLabel('Name', { exact: true }).fill('checked');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`“${MADE}” was created`).waitFor();
    await (await rowOf(page, 'checked')).waitFor();
  });

  await check('the keyboard walks, moves and reorders', async () => {
    const row = await rowOf(page, 'checked');
    await row.focus();
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog', { name: `Move “${MADE}”` });
    await dialog.getByRole('combobox', { name: 'To below' }).fill('llm/code/comp');
    await page.keyboard.press('Enter');
    // The list that was chosen from is on its way out.
    const open = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
    await eventually(() => open.count(), 0);
    await inspect(page, 'category-move');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByText(`“${MADE}” was moved to “Code completion · 代码补全”`).waitFor();
    equal(await childrenOf('llm/code/completion'), ['fim', 'checked']);
    await (await rowOf(page, 'llm/code/completion/checked')).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByText(`“${MADE}” was moved`, { exact: true }).waitFor();
    equal(await childrenOf('llm/code/completion'), ['checked', 'fim']);
    await eventually(
      () =>
        page.evaluate(() => document.activeElement?.querySelector('button.tree-open')?.textContent),
      MADE,
    );
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => page.locator('tr:focus').getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('ArrowRight');
    await eventually(() => page.locator('tr:focus').getAttribute('aria-expanded'), 'true');
  });

  await check('what is dragged is shown at its new place at once, and is taken back', async () => {
    const row = await rowOf(page, 'llm/code/completion/checked');
    await row.dragTo(await rowOf(page, 'llm/code'), DRAG);
    await page.getByText(`“${MADE}” was moved to “Code · 代码”`).waitFor();
    ok((await childrenOf('llm/code')).includes('checked'));
    await inspect(page, 'categories-moved');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal(await childrenOf('llm/code/completion'), ['checked', 'fim']);
  });

  await check('why something could not be undone is told while the server is away', async () => {
    await (await rowOf(page, 'llm/code/completion/checked')).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText(`“${MADE}” was moved`, { exact: true }).waitFor();
    await page.context().setOffline(true);
    try {
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('This could not be undone: The server does not answer').waitFor();
    } finally {
      await page.context().setOffline(false);
    }
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal(await childrenOf('llm/code/completion'), ['checked', 'fim']);
  });

  await check('what is done while something is being undone is not shown as busy', async () => {
    /** @type {() => void} */
    let go = () => {};
    const isLet = new Promise((resolve) => {
      go = () => resolve(undefined);
    });
    const hold = async (/** @type {import('playwright-core').Route} */ route) => {
      if (/mutation UndoChangeSet/.test(route.request().postDataJSON()?.query ?? '')) {
        await isLet;
      }
      await route.fallback();
    };
    await page.route('**/graphql', hold);
    const busy = page.locator('.undo-bar .ant-btn-loading');
    const row = await rowOf(page, 'llm/code/completion/checked');
    await row.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText(`“${MADE}” was moved`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => busy.count(), 1);
    await row.focus();
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(() => busy.count(), 0);
    equal(await page.getByRole('button', { name: 'Undo' }).count(), 1);
    equal(await childrenOf('llm/code/completion'), ['checked', 'fim']);
    const answer = page.waitForResponse((response) =>
      /UndoChangeSet/.test(response.request().postData() ?? ''),
    );
    go();
    await (await answer).finished();
    await page.unroute('**/graphql', hold);
    equal(await childrenOf('llm/code/completion'), ['checked', 'fim']);
  });

  await check('a move that the server refuses goes back', async () => {
    const { category } = await ask('{ category(path: "llm/code/completion/checked") { id } }');
    const change =
      'mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { userErrors { message } } }';
    // Somebody else is quicker: what they do arrives before the move, but after it was begun.
    let isMoved = false;
    await page.route('**/graphql', async (route) => {
      if (!isMoved && /^\s*mutation\b/.test(route.request().postDataJSON()?.query ?? '')) {
        isMoved = true;
        await ask(change, { input: { id: category.id, description: 'by somebody else' } });
      }
      await route.continue();
    });
    await page
      .locator(`tr[data-id="${category.id}"]`)
      .dragTo(await rowOf(page, 'llm/translation'), DRAG);
    await page.getByText('somebody changed it meanwhile').waitFor();
    await page.unroute('**/graphql');
    equal(await childrenOf('llm/code/completion'), ['checked', 'fim']);
    await eventually(
      () => page.locator(`tr[data-id="${category.id}"]`).getAttribute('aria-level'),
      '4',
    );
  });

  await check('nothing is moved below itself', async () => {
    const { category } = await ask('{ category(path: "llm") { version displayName } }');
    const row = await rowOf(page, 'llm');
    await row.dragTo(await rowOf(page, 'llm/code/completion'), DRAG);
    await row.focus();
    await page.keyboard.press('m');
    const field = page.getByRole('dialog').getByRole('combobox', { name: 'To below' });
    await field.fill('llm/chat');
    const option = page.locator('.ant-select-item-option', { hasText: 'Chat · 对话' }).first();
    await option.waitFor();
    ok(await option.evaluate((each) => each.classList.contains('ant-select-item-option-disabled')));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => page.getByRole('dialog').count(), 0);
    equal((await ask('{ category(path: "llm") { version displayName } }')).category, category);
  });

  await check('a category is deleted with what is below it, found, restored', async () => {
    const { category } = await ask('{ category(path: "llm/code/completion/checked") { id } }');
    const row = page.locator(`tr[data-id="${category.id}"]`);
    await row.getByRole('button', { name: MADE, exact: true }).click();
    const details = page.getByRole('dialog', { name: MADE });
    await details.getByText('by somebody else').waitFor();
    await inspect(page, 'category-details');
    await details.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog', { name: `Delete “${MADE}”?` }).waitFor();
    await inspect(page, 'category-delete');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText(`“${MADE}” was deleted`).waitFor();
    await eventually(() => row.count(), 0);
    await page.goto(`${base}/categories?deleted=true`);
    await row.getByText('Deleted', { exact: true }).waitFor();
    await inspect(page, 'categories-deleted');
    await row.getByRole('button', { name: `Actions for ${MADE}` }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page.getByText(`“${MADE}” was restored`).waitFor();
    const input = { id: category.id };
    await ask(
      'mutation ($input: DeleteCategoryInput!) { deleteCategory(input: $input) { userErrors { message } } }',
      { input },
    );
  });
}
