// Capabilities: cells that are set by mouse and keyboard and taken back, and the list with its form.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, focused, inspect, openPage, PHONE } from './harness.js';

const NAME = 'checked_capability';
const MODEL = { supplier: 'openai', name: 'gpt-4o' };

/** What the server knows of the model and the capability. */
async function known() {
  const query = `query ($supplier: String!, $name: String!) {
    model(supplier: $supplier, name: $name) { capabilities { support config capability { name } } }
  }`;
  const { model } = await ask(query, MODEL);
  const found = model.capabilities.find(
    (/** @type {any} */ { capability }) => capability.name === NAME,
  );
  return found ? { support: found.support, config: found.config } : null;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 */
export async function fillMatrix(page, context) {
  await check('a capability is made; what is wrong with it is told beside the field', async () => {
    await page.goto(`${base}/capabilities?view=list`);
    await page.locator('tbody tr').first().waitFor();
    await inspect(page, 'capabilities-list');
    await page.getByRole('button', { name: 'New capability' }).click();
    const dialog = page.getByRole('dialog', { name: 'New capability' });
    await focused(dialog.getByLabel('Display name'));
    await dialog.getByLabel('Display name').fill('Checked capability');
    await dialog.getByLabel('Name', { exact: true }).fill('vision');
    await dialog.getByLabel('Takes').fill('Raster');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await dialog.getByText(/Raster: must be/).waitFor();
    await inspect(page, 'capability-form');
    await dialog.getByLabel('Takes').focus();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('image,');
    await dialog.getByLabel('Name', { exact: true }).focus();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('a live capability is named "vision"').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill(NAME);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('“Checked capability” was created').waitFor();
    const { capability } = await ask(`{ capability(name: "${NAME}") { inputTypes domain } }`);
    equal(capability, { inputTypes: ['image'], domain: 'NLP' });
  });

  await check('a press reaches the button that an error moves away from under it', async () => {
    await page.getByRole('button', { name: 'New capability' }).click();
    const dialog = page.getByRole('dialog', { name: 'New capability' });
    await focused(dialog.getByLabel('Display name'));
    await dialog.getByLabel('Display name').fill('Unnamed');
    await dialog.getByLabel('Takes').focus();
    await page.keyboard.type('Raster');
    const save = dialog.getByRole('button', { name: 'Save' });
    const before = await save.boundingBox();
    ok(before);
    await save.hover();
    await page.mouse.down();
    // What was typed is taken, and judged, as the field loses the focus.
    await dialog.getByText(/Raster: must be/).waitFor();
    await eventually(async () => ((await save.boundingBox())?.y ?? 0) > before.y + 20, true);
    await page.mouse.up();
    await dialog.getByText('needs a value').waitFor();
    const cancel = dialog.getByRole('button', { name: 'Cancel' });
    await cancel.hover();
    await page.mouse.down();
    await page.mouse.move(5, 5);
    await page.mouse.up();
    await save.hover();
    equal(await page.getByText('Leave without saving?').count(), 0);
    await cancel.click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await eventually(() => page.getByRole('dialog').count(), 0);
  });

  await check('the matrix shows what is known, and the address says of what', async () => {
    await page.goto(`${base}/capabilities`);
    await page.locator('.matrix tbody tr').first().waitFor();
    await inspect(page, 'capabilities');
    const main = page.locator('main');
    const below = await main.evaluate((each) => each.scrollHeight - each.clientHeight);
    ok(below <= 0, `what stands below the matrix is ${below} pixels below the window`);
    await page.goto(`${base}/capabilities?q=gpt-4o&supplier=openai&column=${NAME}&column=vision`);
    const cell = page.getByRole('button', { name: /: Checked capability, GPT-4o$/ });
    await cell.waitFor();
    equal(await cell.innerText(), 'Unknown');
    const { models } = await ask(
      '{ models(where: { search: "gpt-4o", supplier: { name: { eq: "openai" } } }) { totalCount } }',
    );
    await eventually(() => page.locator('.matrix tbody tr').count(), models.totalCount);
  });

  await check('cells are set by mouse and by keyboard, and taken back', async () => {
    const cell = page.getByRole('button', { name: /: Checked capability, GPT-4o$/ });
    await cell.click();
    await page.getByRole('menuitem', { name: /known not to be supported/ }).waitFor();
    await inspect(page, 'capabilities-choice');
    await page.getByRole('menuitem', { name: /^Yes/ }).click();
    await eventually(() => cell.innerText(), 'Yes');
    await page.getByText('GPT-4o: “Checked capability” is supported').waitFor();
    equal((await known())?.support, 'SUPPORTED');
    await cell.focus();
    await page.keyboard.press('n');
    await page.getByText('GPT-4o: “Checked capability” is not supported').waitFor();
    equal((await known())?.support, 'UNSUPPORTED');
    await inspect(page, 'capabilities-set');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    await eventually(() => cell.innerText(), 'Yes');
    await cell.focus();
    await page.keyboard.press('ArrowRight');
    await eventually(
      () => page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Yes: Vision · 图像理解, GPT-4o',
    );
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /^Unknown/ }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('menuitem').count(), 0);
    await eventually(
      () => page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Yes: Checked capability, GPT-4o',
    );
  });

  await check('a configuration outlasts a change, and a refused cell goes back', async () => {
    const { model } = await ask(
      'query ($supplier: String!, $name: String!) { model(supplier: $supplier, name: $name) { id } }',
      MODEL,
    );
    const input = {
      modelId: model.id,
      capabilities: [{ capability: NAME, support: 'SUPPORTED', config: { most: 3 } }],
    };
    await ask(
      'mutation ($input: AttachCapabilitiesInput!) { attachCapabilities(input: $input) { userErrors { message } } }',
      { input },
    );
    await page.reload();
    const cell = page.getByRole('button', { name: /: Checked capability, GPT-4o$/ });
    await cell.locator('.known-config').waitFor();
    await cell.focus();
    await page.keyboard.press('n');
    await page.getByText('is not supported').waitFor();
    equal(await known(), { support: 'UNSUPPORTED', config: { most: 3 } });
    await page.route('**/graphql', (route) =>
      // What the browser doesn't tell the text of may be it.
      /SetSupport/.test(route.request().postData() ?? 'SetSupport')
        ? route.fulfill({
            status: 200,
            contentType: 'application/json',
            body: '{"data":null,"errors":[{"message":"not today","extensions":{"code":"FORBIDDEN"}}]}',
          })
        : route.continue(),
    );
    await page.keyboard.press('y');
    await page.getByText(/could not be set: .* Ask an admin\.\s+not today/).waitFor();
    await eventually(async () => (await cell.innerText()).trim().split('\n')[0], 'No');
    await page.unroute('**/graphql');
  });

  await check('on a phone and in Chinese the matrix is of use', async () => {
    const phone = await context.browser()?.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
      storageState: await context.storageState(),
    });
    ok(phone);
    const small = await openPage(phone);
    await small.goto(`${base}/capabilities`);
    await small.locator('.matrix tbody tr').first().waitFor();
    await inspect(small, 'phone-capabilities');
    await small.getByText('列表', { exact: true }).click();
    await small.locator('.capability-name').first().waitFor();
    await inspect(small, 'phone-capabilities-list');
    await phone.close();
  });

  await check('a capability is deleted with what is known of it, and restored', async () => {
    await page.goto(`${base}/capabilities?view=list&q=${NAME}&deleted=true`);
    const row = page
      .locator('tbody tr')
      .filter({ has: page.getByText(NAME, { exact: true }) })
      .first();
    const choose = async (/** @type {string} */ deed) => {
      await row.getByRole('button', { name: 'Actions for Checked capability' }).click();
      await page.getByRole('menuitem', { name: deed }).click();
    };
    await choose('Delete…');
    const dialog = page.getByRole('dialog', { name: 'Delete “Checked capability”?' });
    const button = dialog.getByRole('button', { name: 'Delete' });
    equal(await button.isDisabled(), true);
    await dialog.getByRole('checkbox').check();
    await inspect(page, 'capability-delete');
    await button.click();
    await row.getByText('Deleted', { exact: true }).waitFor();
    equal(await known(), null);
    await choose('Restore');
    await page.getByText('“Checked capability” was restored').waitFor();
    equal((await known())?.support, 'UNSUPPORTED');
    const { capability } = await ask(`{ capability(name: "${NAME}") { id } }`);
    await ask(
      'mutation ($input: DeleteCapabilityInput!) { deleteCapability(input: $input) { userErrors { message } } }',
      { input: { id: capability.id, cascade: true } },
    );
  });
}
