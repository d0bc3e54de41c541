// Models side by side: what differs, what a month costs, where they stand in the chart.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import {
  ask,
  base,
  check,
  eventually,
  inspect,
  openPage,
  PHONE,
  settled,
  WIDE,
} from './harness.js';

const MODELS = `{
  models(first: 50, where: { supplier: { name: { eq: "openai" } } }, orderBy: [{ field: NAME }]) {
    nodes {
      id
      databaseId
      name
      displayName
      lifecycleStage
      parameters(names: ["context_window"]) { value }
      prices { component serviceMode currency minContextTokens amount }
    }
  }
}`;

/** What is used in a month. */
const USED = { INPUT: 3_000_000n, CACHE_READ: 1_500_000n, OUTPUT: 700_000n };

/** @param {any} model */
const nameOf = (model) => model.displayName ?? model.name;

/**
 * @param {any} model
 * @param {string} component
 */
const priceOf = (model, component) =>
  model.prices.find(
    (/** @type {any} */ price) =>
      price.component === component &&
      price.serviceMode === 'STANDARD' &&
      price.currency === 'USD' &&
      price.minContextTokens === 0,
  )?.amount;

/**
 * The cost by its own way of counting: in millionths of a millionth of a dollar.
 *
 * @param {any} model
 */
function costOf(model) {
  const units = (/** @type {string} */ amount) => {
    const [whole = '', part = ''] = amount.split('.');
    return BigInt(whole + part.padEnd(12, '0'));
  };
  return Object.entries(USED).reduce(
    (sum, [component, tokens]) =>
      sum + units(priceOf(model, component) ?? priceOf(model, 'INPUT')) * tokens,
    0n,
  );
}

/**
 * As the page shows it: dollars with at least two decimals.
 *
 * @param {bigint} cost
 */
function written(cost) {
  const digits = String(cost).padStart(19, '0');
  const part = digits.slice(-18).replace(/0+$/, '').padEnd(2, '0');
  return `$${digits.slice(0, -18).replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
export async function compareModels(page, browser) {
  const { models } = await ask(MODELS);
  // Without tiers, and with all that is counted and drawn.
  const chosen = models.nodes
    .filter(
      (/** @type {any} */ model) =>
        priceOf(model, 'INPUT') &&
        priceOf(model, 'OUTPUT') &&
        model.parameters.length > 0 &&
        model.prices.every((/** @type {any} */ price) => price.minContextTokens === 0),
    )
    .slice(0, 3);
  equal(chosen.length, 3);
  const names = chosen.map(nameOf);
  const heads = () => page.locator('.compare-name a').allInnerTexts();

  await check('models that are selected are set side by side', async () => {
    await page.goto(`${base}/models?supplier=openai&sort=input&descending=true&size=100`);
    await settled(page);
    const compare = page.getByRole('button', { name: 'Compare (2–6)' });
    for (const [index, name] of names.entries()) {
      await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
      equal(await compare.isDisabled(), index === 0);
    }
    await compare.click();
    await eventually(heads, names);
    // The chart has room for the first of the table: it has to know which those are.
    equal(
      new URL(page.url()).searchParams.get('among'),
      '?supplier=openai&sort=input&descending=true',
    );
    await page.getByRole('region', { name: 'Price by context window' }).waitFor();
    const widths = await page
      .locator('.compare-table thead th')
      .evaluateAll((heads) => heads.map((head) => Math.round(head.getBoundingClientRect().width)));
    ok(Math.max(...widths) - Math.min(...widths) <= 1, `columns are ${widths} pixels wide`);
    await inspect(page, 'compare');
  });

  await check('rows that differ are marked, and can be had alone', async () => {
    const rows = page.locator('.compare-table tbody th[scope=row]');
    const all = await rows.count();
    const differing = await page.locator('tr.compare-differs').count();
    ok(differing > 0 && differing < all, `${differing} of ${all} rows differ`);
    const row = (/** @type {string} */ name) => page.getByRole('row', { name });
    equal(await row('Supplier').getAttribute('class'), null);
    await row('Differs: Released').waitFor();
    await page.getByRole('switch', { name: 'Only differences' }).click();
    await eventually(() => rows.count(), differing);
    equal(new URL(page.url()).searchParams.get('differences'), 'true');
    await inspect(page, 'compare-differences');
  });

  await check('columns are moved and removed, and models added by name', async () => {
    const [first, second, third] = names;
    await page.getByRole('button', { name: `Move ${first} right` }).press('Enter');
    await eventually(heads, [second, first, third]);
    await page.getByRole('button', { name: `Move ${first} left` }).click();
    await eventually(heads, names);
    await page.getByRole('button', { name: `Remove ${third}`, exact: true }).click();
    await eventually(heads, [first, second]);
    const picker = page.getByRole('combobox', { name: 'Add a model' });
    equal(await picker.evaluate((field) => field === document.activeElement), true);
    await picker.fill(chosen[2].name);
    await page
      .locator('.ant-select-item-option', { hasText: third })
      .filter({ hasText: 'OpenAI' })
      .getByText(third, { exact: true })
      .first()
      .click();
    await eventually(heads, names);
  });

  const costs = page.getByRole('table', { name: 'Cost a month' });
  const totals = (/** @type {import('playwright-core').Locator} */ table) =>
    table
      .locator('.compare-total strong')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title')));

  await check('a month costs what the prices say, to the last digit', async () => {
    await page.getByRole('textbox', { name: 'Input, not cached' }).fill('3M');
    await page.getByRole('textbox', { name: 'Input from cache' }).fill('1.5M');
    await page.getByRole('textbox', { name: 'Output' }).fill('700k');
    const expected = chosen.map(costOf);
    await eventually(() => totals(costs), expected.map(written));
    const least = expected.reduce((/** @type {bigint} */ one, /** @type {bigint} */ other) =>
      other < one ? other : one,
    );
    const cheapest = names.filter(
      (/** @type {string} */ _, /** @type {number} */ index) => expected[index] === least,
    );
    equal(
      await costs.locator('tr', { hasText: 'Cheapest' }).locator('th').allInnerTexts(),
      cheapest,
    );
    await page.getByRole('textbox', { name: 'Output' }).fill('many');
    await page.getByText('A number, such as 1.5M').waitFor();
    equal(await totals(costs), expected.map(written));
    await page.getByRole('textbox', { name: 'Output' }).fill('700k');
  });

  const chart = (/** @type {import('playwright-core').Page} */ where) =>
    where.getByRole('region', { name: 'Price by context window' });

  await check('the chart shows each of them, and those that they were found among', async () => {
    for (const [index, name] of names.entries()) {
      const { value } = chosen[index].parameters[0];
      const tokens = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
      await chart(page)
        .getByRole('link', { name: `${name}: ${tokens.format(value)}, $` })
        .waitFor();
    }
    // Those of the filter that they were selected from.
    equal(await chart(page).getByRole('switch').isChecked(), true);
    const query = `{ models(where: {
      supplier: { name: { in: ["openai"] } }
      parameters: [{ name: "context_window", gte: 1 }]
      and: [{ prices: [{ component: INPUT, gte: "0.000000000001" }] }]
    }) { totalCount } }`;
    const { totalCount } = (await ask(query)).models;
    // The dot of the legend is one more.
    await eventually(() => chart(page).locator('.dot-other').count(), totalCount - 3 + 1);
    await chart(page).scrollIntoViewIfNeeded();
    await inspect(page, 'compare-chart');
  });

  await check('what is typed does not draw the chart anew', async () => {
    // Its axes are logarithmic: who draws it asks for logarithms.
    await page.evaluate(() => {
      const { log } = Math;
      document.body.dataset.logarithms = '0';
      Math.log = (value) => {
        document.body.dataset.logarithms = String(Number(document.body.dataset.logarithms) + 1);
        return log(value);
      };
    });
    const asked = () => page.evaluate(() => Number(document.body.dataset.logarithms));
    const before = await totals(costs);
    await page.getByRole('textbox', { name: 'Output' }).fill('800k');
    await eventually(async () => (await totals(costs))[0] !== before[0], true);
    equal(await asked(), 0);
    await chart(page).getByText('Output', { exact: true }).click();
    await eventually(async () => (await asked()) > 0, true);
    await chart(page).getByText('Input', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Output' }).fill('700k');
    await eventually(() => totals(costs), before);
  });

  await check('the address shows somebody else the same comparison', async () => {
    const other = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const shared = await openPage(other);
    await shared.goto(page.url());
    const table = shared.getByRole('table', { name: 'Cost a month' });
    await eventually(() => totals(table), chosen.map(costOf).map(written));
    equal(await shared.getByRole('switch', { name: 'Only differences' }).isChecked(), true);
    equal(await chart(shared).getByRole('switch').isChecked(), true);
    await other.close();
  });

  await check(
    'a point leads to its model by the keyboard, and the model back to comparing',
    async () => {
      const [first] = chosen;
      await chart(page)
        .getByRole('link', { name: `${nameOf(first)}: ` })
        .first()
        .press('Enter');
      await page.waitForURL(`${base}/models/${first.databaseId}`);
      const compare = page.getByRole('main').getByRole('link', { name: 'Compare' });
      const beside = page.getByRole('main').getByRole('link', { name: 'Show query' }).first();
      equal(
        await compare.evaluate((link) => link.getBoundingClientRect().height),
        await beside.evaluate((link) => link.getBoundingClientRect().height),
      );
      await compare.click();
      await eventually(heads, [nameOf(first)]);
      await page.getByText('Add another model to see where they differ.').waitFor();
    },
  );

  await check('what an address names in vain is told, and the rest is shown', async () => {
    const [first, second, third] = chosen;
    const { id } = third;
    const remove =
      'mutation ($id: ID!) { deleteModel(input: { id: $id }) { userErrors { message } } }';
    const restore =
      'mutation ($id: ID!) { restoreModel(input: { id: $id }) { userErrors { message } } }';
    await ask(remove, { id });
    try {
      const ids = [first, third, second].map(({ databaseId }) => databaseId);
      await page.goto(`${base}/compare?models=${ids.join(',')},999999999,x`);
      await eventually(heads, [nameOf(first), nameOf(second)]);
      const told = page.getByRole('status').filter({ hasText: 'Not everything' });
      await told.getByText(`${nameOf(third)} was deleted.`).waitFor();
      await told.getByText('There are no models with these ids: x, 999999999.').waitFor();
      await inspect(page, 'compare-left-out');
      await told.getByRole('button').click();
      await eventually(() => told.count(), 0);
      equal(new URL(page.url()).searchParams.getAll('models'), [
        String(first.databaseId),
        String(second.databaseId),
      ]);
    } finally {
      await ask(restore, { id });
    }
    await page.goto(`${base}/compare`);
    await page.getByText('Add two or more models to see them side by side.').waitFor();
    await inspect(page, 'compare-empty');
  });

  await check('the past is compared as the present is', async () => {
    const { changeSets } = await ask('{ changeSets(first: 1) { nodes { createdAt } } }');
    const [{ createdAt }] = changeSets.nodes;
    const ids = chosen.map((/** @type {any} */ { databaseId }) => databaseId);
    const at = encodeURIComponent(createdAt);
    await page.goto(`${base}/compare?models=${ids.join(',')}&among=supplier%3Dopenai&at=${at}`);
    await eventually(heads, names);
    equal(await page.getByRole('status').filter({ hasText: 'Not everything' }).count(), 0);
    const point = await chart(page).locator('.dot-link').first().getAttribute('href');
    equal(
      Date.parse(new URL(point ?? '', base).searchParams.get('at') ?? ''),
      Date.parse(createdAt),
    );
    const query = `query ($at: DateTime!) { at(time: $at) { models(where: {
      supplier: { name: { in: ["openai"] } }
      parameters: [{ name: "context_window", gte: 1 }]
      and: [{ prices: [{ component: INPUT, gte: "0.000000000001" }] }]
    }) { totalCount } } }`;
    const then = (await ask(query, { at: createdAt })).at.models.totalCount;
    await eventually(() => chart(page).locator('.dot-other').count(), then - 3 + 1);
  });

  await check('a comparison fits on a phone, in Chinese and dark', async () => {
    const phone = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    const small = await openPage(phone);
    const ids = chosen.map((/** @type {any} */ { databaseId }) => databaseId);
    await small.goto(`${base}/compare?models=${ids.join(',')}&per=request`);
    await small
      .getByRole('region', { name: '价格与上下文窗口' })
      .locator('.dot-link')
      .first()
      .waitFor();
    const frame = small.getByRole('region', { name: '并排对比' });
    await frame.evaluate((element) => element.scrollTo({ left: 200 }));
    const label = frame.getByRole('rowheader', { name: '供应商' });
    const box = await label.boundingBox();
    ok(box && box.x >= 0 && box.x < 40, 'the first column stays');
    await inspect(small, 'phone-compare');
    await small.getByRole('heading', { name: '每月费用' }).scrollIntoViewIfNeeded();
    await inspect(small, 'phone-compare-costs');
    await phone.close();
  });
}
