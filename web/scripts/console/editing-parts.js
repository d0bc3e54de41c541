// What hangs on a model: aliases, categories, capabilities, parameters and prices.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import { ask, check, eventually, inspect } from './harness.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog').last();

/** @param {Page} page @param {string} name */
const region = (page, name) => page.getByRole('region', { name: new RegExp(`^${name}`) }).first();

/** @param {string} id @param {string} fields */
async function read(id, fields) {
  const query = `query ($id: ID!) { node(id: $id) { ... on Model { ${fields} } } }`;
  return (await ask(query, { id })).node;
}

/** @param {Page} page @param {string} told */
async function saved(page, told) {
  await eventually(() => page.getByRole('dialog').count(), 0);
  await page.locator('.undo-bar').getByText(told).waitFor();
}

/**
 * Saves by the keyboard: what is told below a field, or no longer is, moves the button for a moment.
 *
 * @param {Page} page
 */
const submit = (page) => page.keyboard.press('Control+Enter');

/** @param {Page} page */
async function undo(page) {
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone', { exact: true }).waitFor();
}

/**
 * @param {Page} page
 * @param {string} id of the model whose page is open
 */
export async function editParts(page, id) {
  await check('aliases come and go', async () => {
    const facts = region(page, 'Facts');
    await facts.getByRole('button', { name: 'Add an alias' }).click();
    await dialog(page).getByLabel('Alias').fill('console-check-alias');
    await dialog(page).getByRole('button', { name: 'Add' }).click();
    await dialog(page).getByText('is an alias of this model already').waitFor();
    await dialog(page).getByLabel('Alias').fill('console-check-second');
    await submit(page);
    await saved(page, 'The alias “console-check-second” was added');
    await facts.getByRole('button', { name: 'Remove console-check-alias' }).click();
    await saved(page, 'The alias “console-check-alias” was removed');
    equal((await read(id, 'aliases { alias }')).aliases, [{ alias: 'console-check-second' }]);
    await undo(page);
    equal((await read(id, 'aliases { alias }')).aliases.length, 2);
    await facts.getByText('console-check-alias').waitFor();
  });

  await check('a category is found in the tree, given and taken', async () => {
    const { categories } = await ask(
      '{ categories(first: 100) { nodes { path displayName depth } } }',
    );
    const { displayName } = categories.nodes.find((/** @type {any} */ each) => each.depth > 0);
    const facts = region(page, 'Facts');
    await facts.getByRole('button', { name: 'Add categories' }).click();
    await dialog(page).getByLabel('Categories').click();
    const option = page.locator('.ant-select-item-option').getByText(displayName, { exact: true });
    await option.first().waitFor();
    await inspect(page, 'add-categories');
    await page.keyboard.type(displayName);
    await page.keyboard.press('Enter');
    await dialog(page).locator('.ant-select-selection-item').waitFor();
    await page.keyboard.press('Tab');
    await dialog(page).getByRole('button', { name: 'Add' }).click();
    await saved(page, 'The model was put into 1 category');
    await facts.getByRole('button', { name: `Remove ${displayName}` }).click();
    await saved(page, `The model was taken out of “${displayName}”`);
    equal((await read(id, 'categories { path }')).categories, []);
  });

  await check('capabilities are known to be there, with their configuration, or not', async () => {
    const section = region(page, 'Capabilities');
    await section.getByRole('button', { name: 'Add a capability' }).click();
    await dialog(page).getByRole('combobox', { name: 'Capability' }).click();
    await page.keyboard.type('tool');
    await page.locator('.ant-select-item-option').first().waitFor();
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('radio', { name: 'JSON' }).check();
    await dialog(page).getByLabel('JSON').last().fill('{"parallel": tru}');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('is not JSON').waitFor();
    await inspect(page, 'capability-refused');
    await dialog(page).locator('textarea').fill('{"parallel": true}');
    await dialog(page).getByRole('switch', { name: 'On by default' }).click();
    await submit(page);
    await eventually(() => page.getByRole('dialog').count(), 0);
    const fields = 'capabilities { support config isDefault capability { displayName } }';
    const { capabilities } = await read(id, fields);
    const [{ capability, ...known }] = capabilities;
    equal(known, { support: 'SUPPORTED', config: { parallel: true }, isDefault: true });
    await section.getByRole('button', { name: `Change ${capability.displayName}` }).click();
    await dialog(page).getByRole('radio', { name: 'is known not to have it' }).check();
    await dialog(page).getByRole('radio', { name: 'None' }).check();
    await inspect(page, 'capability');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await saved(page, `What is known of “${capability.displayName}” was changed`);
    await section.getByRole('heading', { name: 'Not supported' }).waitFor();
    equal((await read(id, fields)).capabilities[0].support, 'UNSUPPORTED');
    await section.getByRole('button', { name: `Remove ${capability.displayName}` }).click();
    await saved(page, `What was known of “${capability.displayName}” was removed`);
    await undo(page);
    equal((await read(id, fields)).capabilities.length, 1);
  });

  await check('parameters of each type are entered as they are', async () => {
    const section = region(page, 'Parameters');
    /** @type {[string, string, string, unknown][]} */
    const each = [
      ['context_window', 'Whole number', '128000', 128000],
      ['temperature', 'Number', '0.7', 0.7],
      ['streaming', 'True or false', 'true', true],
      ['note', 'Text', 'two\nlines', 'two\nlines'],
      ['shape', 'JSON', '{"a": [1, null]}', { a: [1, null] }],
    ];
    for (const [name, type, typed, value] of each) {
      await section.getByRole('button', { name: 'Add a parameter' }).click();
      await dialog(page).getByLabel('Name').fill(name);
      await dialog(page).getByRole('combobox', { name: 'Type' }).click();
      await page.locator('.ant-select-item-option').getByText(type, { exact: true }).click();
      if (type === 'True or false') {
        await dialog(page).getByRole('radio', { name: typed }).check();
      } else {
        await dialog(page).getByLabel('Value', { exact: true }).fill(typed);
      }
      await submit(page);
      await saved(page, `The parameter “${name}” was added`);
      const { parameters } = await read(id, `parameters(names: ["${name}"]) { value }`);
      equal(parameters, [{ value }]);
    }
    await inspect(page, 'model-parameters');
  });

  await check(
    'a parameter is refused what the server would refuse, without asking it',
    async () => {
      const section = region(page, 'Parameters');
      let writes = 0;
      page.on('request', (request) => {
        writes += /^\s*mutation\b/.test(request.postDataJSON()?.query ?? '') ? 1 : 0;
      });
      await section.getByRole('button', { name: 'Change context_window' }).click();
      const refused = async (
        /** @type {Record<string, string>} */ fields,
        /** @type {string} */ told,
      ) => {
        for (const [label, text] of Object.entries(fields)) {
          await dialog(page).getByLabel(label, { exact: true }).fill(text);
        }
        await submit(page);
        await dialog(page).getByText(told).first().waitFor();
      };
      await refused({ Value: '12.5' }, '12.5 is not a whole number');
      await refused({ Value: '9223372036854775808' }, 'does not fit into 64 bits');
      await refused({ Value: '9007199254740993' }, 'a browser can’t write exactly');
      await refused({ Value: '5', Minimum: '10' }, '5 is below the minimum 10');
      await refused({ Value: '50', Maximum: '20' }, '50 is above the maximum 20');
      await refused({ Value: '15', 'Allowed values': '11\n12' }, '15 is not one of 11, 12');
      await refused({ 'Allowed values': '11\nx' }, 'line 2: x is not a whole number');
      await refused({ Name: 'Context Window' }, 'must be 1 to 100 bytes of lower-case letters');
      await inspect(page, 'parameter-refused');
      equal(writes, 0);
      await dialog(page).getByLabel('Name', { exact: true }).fill('context_window');
      await dialog(page).getByLabel('Allowed values', { exact: true }).fill('11\n15');
      await submit(page);
      await saved(page, 'The parameter “context_window” was changed');
      const { parameters } = await read(
        id,
        'parameters(names: ["context_window"]) { value minimum maximum allowedValues }',
      );
      equal(parameters, [{ value: 15, minimum: 10, maximum: 20, allowedValues: [11, 15] }]);
    },
  );

  await check(
    'a parameter that two change is in conflict, and one is deleted and restored',
    async () => {
      const section = region(page, 'Parameters');
      const { parameters } = await read(id, 'parameters(names: ["note"]) { id }');
      await section.getByRole('button', { name: 'Change note' }).click();
      await dialog(page).getByLabel('Value', { exact: true }).fill('mine');
      await ask(
        'mutation ($input: UpdateModelParameterInput!) { updateModelParameter(input: $input) { userErrors { message } } }',
        { input: { id: parameters[0].id, value: 'theirs' } },
      );
      await dialog(page).getByRole('button', { name: 'Save' }).click();
      await page.getByText('Somebody else changed this meanwhile').waitFor();
      await dialog(page).getByText('theirs', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Save mine' }).click();
      await saved(page, 'The parameter “note” was changed');
      await section.getByRole('button', { name: 'Remove note' }).click();
      await saved(page, 'The parameter “note” was deleted');
      equal((await read(id, 'parameters(names: ["note"]) { value }')).parameters, []);
      await undo(page);
      await section.getByText('note', { exact: true }).waitFor();
      equal((await read(id, 'parameters(names: ["note"]) { value }')).parameters, [
        { value: 'mine' },
      ]);
    },
  );

  await check('a price is entered, follows another one, and both go back', async () => {
    const section = region(page, 'Prices');
    const fields = 'prices(anyDay: true) { amount validFrom validUntil }';
    const add = async (/** @type {string} */ amount, /** @type {string} */ from) => {
      await section.getByRole('button', { name: 'Add a price' }).click();
      await dialog(page).getByLabel('Amount').fill(amount);
      await dialog(page).getByLabel('First day it holds').fill(from);
    };
    await add('1e-3', '');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('is not an amount; write plain decimals').waitFor();
    await dialog(page).getByLabel('Amount').fill('0.250000000000000001');
    await submit(page);
    await saved(page, 'The price was added');
    equal((await read(id, fields)).prices, [
      { amount: '0.250000000000000001', validFrom: null, validUntil: null },
    ]);
    await add('0.2', '2030-01-01');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('overlaps with the price of 0.250000000000000001 USD').waitFor();
    await inspect(page, 'price-overlap');
    await dialog(page)
      .getByRole('checkbox', { name: /^End the price of/ })
      .check();
    await submit(page);
    await saved(page, 'The price was added, and the one before it ended');
    equal((await read(id, fields)).prices, [
      { amount: '0.250000000000000001', validFrom: null, validUntil: '2030-01-01' },
      { amount: '0.2', validFrom: '2030-01-01', validUntil: null },
    ]);
    await section.getByRole('checkbox', { name: 'Past and future prices too' }).check();
    await eventually(() => section.locator('tbody tr').count(), 2);
    await inspect(page, 'model-prices');
    await undo(page);
    equal((await read(id, fields)).prices.length, 1);
    await eventually(() => section.locator('tbody tr').count(), 1);
    await section.getByRole('button', { name: /^Change Input/ }).click();
    await dialog(page).getByLabel('Service mode').click();
    await page.locator('.ant-select-item-option', { hasText: 'Fast' }).first().click();
    const [{ id: priceId }] = (await read(id, 'prices { id }')).prices;
    await ask(
      'mutation ($input: UpdateModelPriceInput!) { updateModelPrice(input: $input) { userErrors { message } } }',
      { input: { id: priceId, serviceMode: 'BATCH' } },
    );
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    await dialog(page).getByText('Batch', { exact: true }).waitFor();
    await dialog(page).getByText('Fast', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save mine' }).click();
    await saved(page, 'The price was changed');
    await section.getByRole('button', { name: /^Change Input/ }).click();
    await dialog(page).getByLabel('Amount').fill('3');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await saved(page, 'The price was changed');
    await section.getByText('$3.00').waitFor();
    await section.getByRole('button', { name: /^Remove Input/ }).click();
    await saved(page, 'The price was deleted');
    equal((await read(id, fields)).prices, []);
    await page.getByText('No prices are known for today.').waitFor();
  });
}
