// Suppliers: the list and its address, a form that refuses and two tabs that meet, keys that come in and never out.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, focused, inspect, openPage, PHONE } from './harness.js';

const NAME = 'checked-supplier';
const SECRET = 'sk-checked-0123456789wxyz';
const OTHER_SECRET = 'sk-checked-0123456789ABCD';

const firstRow = (/** @type {import('playwright-core').Page} */ page) =>
  page.locator('tbody tr').first().locator('.supplier-names a').innerText();

async function made() {
  const { supplier } = await ask(
    'query ($name: String!) { supplier(name: $name) { id databaseId website description keys { label hint status weight } } }',
    { name: NAME },
  );
  return supplier;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 */
export async function lookAfterSuppliers(page, context) {
  await check('suppliers are found, sorted and counted, and the address says so', async () => {
    await page.goto(`${base}/suppliers`);
    const { suppliers } = await ask(
      '{ suppliers(first: 1, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) { nodes { name displayName models { totalCount } } } }',
    );
    const [{ name, displayName, models }] = suppliers.nodes;
    await page.getByRole('button', { name: 'Models' }).click();
    await eventually(async () => new URL(page.url()).search, '?sort=models&descending=true');
    await eventually(() => firstRow(page).catch(() => ''), displayName ?? name);
    await inspect(page, 'suppliers');
    await page
      .locator('tbody tr')
      .first()
      .getByRole('link', { name: /models$/ })
      .click();
    await page.waitForURL(`${base}/models?supplier=${name}`);
    await eventually(
      async () => (await page.locator('.models-head').innerText()).replace(/\D/g, ''),
      String(models.totalCount),
    );
    await page.goBack();
    await page.getByRole('searchbox').fill('nobody is called so');
    await page.getByText('No supplier meets all of these filters').waitFor();
    await inspect(page, 'suppliers-empty');
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await eventually(async () => new URL(page.url()).search, '');
  });

  await check('a supplier is made; what is wrong with it is told beside the field', async () => {
    await page.getByRole('button', { name: 'New supplier' }).click();
    const dialog = page.getByRole('dialog', { name: 'New supplier' });
    await focused(dialog.getByLabel('Display name'));
    await dialog.getByLabel('Website').fill('ftp://nowhere');
    await dialog.getByLabel('Name', { exact: true }).fill('openai');
    await dialog.getByLabel('Base URL').fill('https://api.example.com/');
    await dialog.getByText(/must be an address/).waitFor();
    await dialog.getByLabel('Website').fill('https://example.com');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('a live supplier is named "openai"').waitFor();
    await inspect(page, 'supplier-form');
    await dialog.getByLabel('Name', { exact: true }).fill(NAME);
    // What is below it moves up when the error goes.
    await eventually(() => dialog.getByText('a live supplier is named').count(), 0);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await page.getByText('It has no models.').waitFor();
    equal((await made()).website, 'https://example.com');
  });

  await check('two tabs that change a supplier are shown what the other one wants', async () => {
    const other = await openPage(context);
    await other.goto(page.url());
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Edit' }).click();
      await focused(tab.getByRole('dialog').getByLabel('Display name'));
    }
    await other.getByRole('dialog').getByLabel('Description').fill('what the other tab says');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText(`“${NAME}” was saved`).waitFor();
    await other.close();
    await page.getByRole('dialog').getByLabel('Description').fill('what this tab says');
    await page.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' });
    await conflict.getByText('what the other tab says').waitFor();
    await inspect(page, 'supplier-conflict');
    equal((await made()).description, 'what the other tab says');
    await conflict.getByRole('button', { name: 'Save mine' }).click();
    await page.getByText(`“${NAME}” was saved`).waitFor();
    equal((await made()).description, 'what this tab says');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    equal((await made()).description, 'what the other tab says');
  });

  await check('a key comes in, and its form forgets it', async () => {
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog', { name: 'New key' });
    await focused(dialog.getByRole('textbox', { name: 'Label' }));
    await dialog.getByRole('textbox', { name: 'Label' }).fill(SECRET);
    const field = dialog.getByLabel('Key', { exact: true });
    equal(await field.getAttribute('type'), 'password');
    equal(await field.getAttribute('autocomplete'), 'new-password');
    await field.fill(SECRET);
    await dialog.getByLabel('Weight').fill('0');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('must be a whole number from 1 to 1000').waitFor();
    await dialog.getByLabel('Weight').fill('5');
    await dialog.getByRole('button', { name: 'Save' }).click();
    // The label would show a piece of the key.
    await dialog.locator('.ant-form-item-explain-error').first().waitFor();
    equal(await field.inputValue(), SECRET);
    await inspect(page, 'key-form');
    await dialog.getByRole('textbox', { name: 'Label' }).fill('production');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Key “production” was entered').waitFor();
    await page.getByText('••••wxyz').waitFor();
    await eventually(() => page.locator('input[type=password]').count(), 0);
    ok(!(await page.content()).includes(SECRET), 'the page still holds the key');
    equal((await made()).keys, [
      { label: 'production', hint: 'wxyz', status: 'ACTIVE', weight: 5 },
    ]);
    await inspect(page, 'supplier');
  });

  await check('a key is rotated: both are listed, the old one until its end', async () => {
    await page.getByRole('button', { name: 'Actions for production' }).click();
    await page.getByRole('menuitem', { name: 'Rotate…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rotate key “production”' });
    await focused(dialog.getByLabel('New key'));
    await dialog.getByLabel('New key').fill(OTHER_SECRET);
    await inspect(page, 'key-rotate');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await page.getByText('Key “production” was rotated').waitFor();
    await page.getByText('Replaced, still usable').waitFor();
    await page.getByText('••••ABCD').waitFor();
    equal(
      (await made()).keys
        .map((/** @type {any} */ { hint, status }) => `${hint} ${status}`)
        .toSorted(),
      ['ABCD ACTIVE', 'wxyz ROTATED_OUT'],
    );
    await inspect(page, 'supplier-keys');
  });

  await check('a key is switched off, deleted and restored', async () => {
    const row = page.getByRole('row', { name: /ABCD/ });
    const choose = async (/** @type {string} */ deed) => {
      // The menu that was chosen from before is on its way out.
      await eventually(() => page.getByRole('menuitem').count(), 0);
      await row.getByRole('button', { name: 'Actions for production' }).click();
      await page.getByRole('menuitem', { name: deed }).click();
    };
    await choose('Switch off');
    await row.getByText('Switched off').waitFor();
    await choose('Delete…');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await eventually(() => row.count(), 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.getByText('Switched off').waitFor();
  });

  await check('on a phone and in Chinese a supplier has its page', async () => {
    const browser = context.browser();
    const state = await context.storageState();
    const phone = await browser?.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
      storageState: state,
    });
    ok(phone);
    const small = await openPage(phone);
    await small.goto(page.url());
    await small.getByRole('region', { name: '密钥' }).getByText('已停用').waitFor();
    await inspect(small, 'phone-supplier');
    await small.goto(`${base}/suppliers`);
    await small.locator('tbody tr').first().waitFor();
    await inspect(small, 'phone-suppliers');
    await phone.close();
  });

  await check('a supplier is deleted, found among the deleted, and restored', async () => {
    await page.locator('.overview').getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete “${NAME}”?` });
    await dialog.getByText('Its keys are deleted with it.').waitFor();
    await inspect(page, 'supplier-delete');
    const address = new URL(page.url()).pathname;
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('This supplier was deleted on').waitFor();
    await page.getByRole('link', { name: '← Suppliers' }).click();
    await page.getByRole('combobox', { name: 'Deleted suppliers' }).click();
    await page.locator('.ant-select-item-option', { hasText: 'Deleted only' }).click();
    await page.locator(`a[href="${address}"]`).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText(`“${NAME}” was restored`).waitFor();
    equal((await made()).keys.length, 2);
    await ask(
      'mutation ($input: DeleteSupplierInput!) { deleteSupplier(input: $input) { userErrors { message } } }',
      { input: { id: (await made()).id } },
    );
  });

  await check('an address of no supplier says so', async () => {
    await page.goto(`${base}/suppliers/999999999`);
    await page.getByRole('heading', { level: 1, name: 'There is no such supplier' }).waitFor();
    await page.getByRole('link', { name: 'Go to all suppliers' }).waitFor();
  });

  await check('who is no admin is told that keys are not theirs to see', async () => {
    await page.route('**/graphql', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('"role":"ADMIN"', '"role":"EDITOR"');
      await route.fulfill({ response: answer, body });
    });
    const { suppliers } = await ask('{ suppliers(first: 1) { nodes { databaseId } } }');
    await page.goto(`${base}/suppliers/${suppliers.nodes[0].databaseId}`);
    await page.getByText('Only admins see which keys there are').waitFor();
    await inspect(page, 'supplier-no-admin');
    await page.unroute('**/graphql');
  });
}
