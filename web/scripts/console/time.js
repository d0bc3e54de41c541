// Back in time with the whole console; versions of a model, what differs, the way back; how prices went.
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
  shownCount,
  WIDE,
} from './harness.js';

const FIND = `query { model(supplier: "cohere", name: "command-a-03-2025") {
  id databaseId displayName
  parameters(names: ["context_window"]) { value }
  prices(anyDay: true) { id component amount validUntil }
} }`;
// Of this run: the history keeps those of others.
const RUN = Date.now();
const RENAMED = `Renamed in ${RUN}`;
const LABEL = `check-${RUN}`;
const NOTES = `What it was before ${RUN}.`;

/** The moment of the last change so far, as an address has it. */
async function lastMoment() {
  const { changeSets } = await ask('{ changeSets(first: 1) { nodes { createdAt } } }');
  return changeSets.nodes[0].createdAt.replace('+00:00', 'Z');
}

/**
 * Changes the model a little of everything: its name, a parameter, and a price that ends and is followed.
 *
 * @param {any} model
 */
async function changeALittle({ id, prices }) {
  const price = prices.find((/** @type {any} */ each) => each.component === 'INPUT');
  const { done } = await ask(
    `mutation ($model: UpdateModelInput!, $parameters: SetModelParametersInput!, $end: UpdateModelPriceInput!, $next: CreateModelPriceInput!) {
      done: updateModel(input: $model) { userErrors { message } }
      setModelParameters(input: $parameters) { userErrors { message } }
      updateModelPrice(input: $end) { userErrors { message } }
      createModelPrice(input: $next) { userErrors { message } }
    }`,
    {
      model: { id, displayName: RENAMED, description: 'A long text. '.repeat(40) },
      parameters: {
        modelId: id,
        parameters: [
          { name: 'context_window', type: 'INT', value: 123_456 },
          { name: 'tried_out', type: 'BOOL', value: true },
        ],
      },
      end: { id: price.id, validUntil: '2040-01-01' },
      next: { modelId: id, component: 'INPUT', amount: '1.25', validFrom: '2040-01-01' },
    },
  );
  equal(done.userErrors, []);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
export async function travelInTime(page, browser) {
  const { model } = await ask(FIND);
  const path = `/models/${model.databaseId}`;
  const versions = page.getByRole('region', { name: 'Versions' });
  const dialog = page.getByRole('dialog');
  const banner = page.getByText('The catalogue as it was on');
  const heading = (/** @type {string} */ name) =>
    page.getByRole('heading', { level: 1, name, exact: true });
  let before = '';

  await check('a version is published, with what is wrong beside its field', async () => {
    await page.goto(base + path);
    await page.getByText('No price of this model has changed yet').waitFor();
    await versions.getByRole('button', { name: 'Publish a version…' }).click();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByText('needs a value').waitFor();
    await dialog.getByLabel('Label').fill(` ${LABEL}`);
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByText('must be 1 to 100 bytes').waitFor();
    await inspect(page, 'version-refused');
    await dialog.getByLabel('Label').fill(LABEL);
    await dialog.getByLabel('Notes').fill(NOTES);
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await versions.getByText(`Version “${LABEL}” was published.`).waitFor();
    await versions.getByText(NOTES).waitFor();
    const { model: seen } = await ask(
      `{ model(supplier: "cohere", name: "command-a-03-2025") { pointer(name: "latest") { modelVersion { label notes } } } }`,
    );
    equal(seen.pointer.modelVersion, { label: LABEL, notes: NOTES });
  });

  await check('pointers are set, moved and deleted, and `latest` moves by itself', async () => {
    const pointers = versions.locator('.pointers li');
    const line = pointers.filter({ hasText: 'console-check' });
    await versions.getByRole('button', { name: 'Set a pointer…' }).click();
    await dialog.getByLabel('Name').fill('latest');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await dialog.getByText('follows the versions by itself').waitFor();
    await dialog.getByLabel('Name').fill('console-check');
    await inspect(page, 'pointer');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await versions.getByText(`“console-check” points to “${LABEL}”.`).waitFor();
    const publish = async (/** @type {string} */ label) => {
      const { publishModelVersion: done } = await ask(
        'mutation ($input: PublishModelVersionInput!) { publishModelVersion(input: $input) { userErrors { message } } }',
        { input: { modelId: model.id, label } },
      );
      equal(done.userErrors, []);
    };
    const point = async (/** @type {string} */ label) => {
      const { setModelPointer: done } = await ask(
        'mutation ($input: SetModelPointerInput!) { setModelPointer(input: $input) { userErrors { message } } }',
        { input: { modelId: model.id, name: 'console-check', label } },
      );
      equal(done.userErrors, []);
    };
    const [mine, theirs] = [`mine-${RUN}`, `theirs-${RUN}`];
    await publish(mine);
    await publish(theirs);
    await page.reload();
    await line.getByRole('button', { name: 'Move' }).click();
    await dialog.getByLabel('Version').fill(mine);
    await page.keyboard.press('Enter');
    // Somebody else is quicker.
    await point(theirs);
    await dialog.getByRole('button', { name: 'Move' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' });
    await eventually(() => conflict.locator('dd .conflict-value').allInnerTexts(), [mine, theirs]);
    await inspect(page, 'pointer-conflict');
    await conflict.getByRole('button', { name: 'Save mine' }).click();
    await versions.getByText(`“console-check” points to “${mine}”.`).waitFor();
    await eventually(() => dialog.count(), 0);
    await line.getByRole('button', { name: 'Delete' }).click();
    await point(theirs);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('look at it again before you go on').waitFor();
    await dialog.getByText(`The version “${theirs}” stays.`).waitFor();
    await inspect(page, 'pointer-delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await versions.getByText('The pointer “console-check” was deleted.').waitFor();
    equal(await line.count(), 0);
    await versions.getByRole('button', { name: 'Set a pointer…' }).click();
    await dialog.getByLabel('Name').fill('console-check');
    await dialog.getByLabel('Version').fill(mine);
    await page.keyboard.press('Enter');
    // Somebody else gives the name away meanwhile.
    await point(theirs);
    await line.waitFor();
    await dialog.getByRole('button', { name: 'Set' }).click();
    await eventually(() => conflict.locator('dd .conflict-value').allInnerTexts(), [mine, theirs]);
    await conflict.getByRole('button', { name: 'Save mine' }).click();
    await versions.getByText(`“console-check” points to “${mine}”.`).waitFor();
    await eventually(() => dialog.count(), 0);
    await line.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await versions.getByText('The pointer “console-check” was deleted.').waitFor();
    equal(await pointers.filter({ hasText: 'latest' }).getByRole('button').count(), 0);
  });

  before = await lastMoment();
  await changeALittle(model);

  await check('how a price went is drawn, and told in a table', async () => {
    await page.goto(base + path);
    await heading(RENAMED).waitFor();
    const costs = page.getByRole('region', { name: 'Cost over time' });
    await eventually(() => costs.locator('.recharts-line').count(), 2);
    const rows = costs.getByRole('table').locator('tbody tr');
    equal(
      await rows.evaluateAll((lines) =>
        lines.map((line) => [...line.children].map((cell) => cell.textContent?.trim())),
      ),
      [
        ['Input', '$2.50 / 1M tokens', '–', 'always', 'Jan 1, 2040', 'holds today'],
        ['Input', '$1.25 / 1M tokens', '-50%', 'Jan 1, 2040', 'open', 'in the future'],
        ['Output', '$10.00 / 1M tokens', '–', 'always', 'open', 'holds today'],
      ],
    );
    await costs.getByText('USD / 1M tokens', { exact: true }).first().waitFor();
    await costs.getByRole('application').focus();
    const told = costs.getByRole('status').filter({ hasText: 'Jan 1, 2040' });
    for (let step = 0; step < 4 && (await told.count()) === 0; step += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await told.getByText('$1.25').waitFor();
    await costs.scrollIntoViewIfNeeded();
    await inspect(page, 'costs');
    await costs.getByRole('button', { name: 'Output' }).click();
    await eventually(() => costs.locator('.recharts-line').count(), 1);
  });

  await check('what differs is told, and its address shared', async () => {
    await versions.getByRole('button', { name: `Compare ${LABEL}` }).click();
    const difference = versions.getByRole('region', { name: 'What differs' });
    await difference.getByText('tried_out').waitFor();
    const told = async () =>
      (await difference.locator('.diff-line').allInnerTexts()).map((text) =>
        text.replace(/\s+/g, ' ').trim(),
      );
    const lines = await told();
    ok(
      lines.some((line) => line.startsWith('~ Changed Name shown') && line.endsWith(RENAMED)),
      lines.join('\n'),
    );
    ok(lines.some((line) => /^\+ Added tried_out /.test(line)));
    ok(lines.some((line) => /^~ Changed Input · USD until:/.test(line)));
    ok(lines.some((line) => /520 characters$/.test(line)));
    await difference.scrollIntoViewIfNeeded();
    await inspect(page, 'versions-compared');
    await versions.getByRole('button', { name: 'Swap the two' }).click();
    await eventually(
      async () => (await told()).some((line) => /^− Removed tried_out /.test(line)),
      true,
    );
    const other = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const shared = await openPage(other);
    await shared.goto(page.url());
    await shared.locator('.diff-removed', { hasText: 'tried_out' }).waitFor();
    equal(await shared.getByRole('button', { name: 'Publish a version…' }).count(), 0);
    await other.close();
  });

  await check(
    'the whole console goes back in time, plainly marked, with nothing to write',
    async () => {
      await page.goto(`${base}/models?q=command-a`);
      await settled(page);
      await page.getByRole('link', { name: RENAMED }).waitFor();
      await page.goto(`${base}/models?q=command-a&at=${before}`);
      await banner.waitFor();
      await settled(page);
      await page.getByRole('link', { name: model.displayName, exact: true }).waitFor();
      const then = `query ($at: DateTime!) { at(time: $at) { models(where: { search: "command-a" }) { totalCount } } }`;
      const { at } = await ask(then, { at: before });
      await eventually(() => shownCount(page), at.models.totalCount);
      equal(await page.getByRole('button', { name: 'New model' }).count(), 0);
      await page.getByText('This is the past, which cannot be changed.').waitFor();
      await inspect(page, 'past-models');
      await page.getByRole('link', { name: model.displayName, exact: true }).click();
      await heading(model.displayName).waitFor();
      equal(Date.parse(new URL(page.url()).searchParams.get('at') ?? ''), Date.parse(before));
      equal(
        await versions.getByRole('button', { name: /Publish|Set a pointer|Roll back/ }).count(),
        0,
      );
      equal(await page.getByText(RENAMED).count(), 0);
      ok(
        (
          await page.getByRole('link', { name: 'Show query' }).first().getAttribute('href')
        )?.includes('_past'),
      );
      await inspect(page, 'past-model');
    },
  );

  await check('the address shows somebody else the same past', async () => {
    const other = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    const shared = await openPage(other);
    await shared.goto(page.url());
    await shared.getByText('目录在此时刻的样子').waitFor();
    await shared.getByRole('heading', { level: 1, name: model.displayName, exact: true }).waitFor();
    await inspect(shared, 'phone-past-model');
    await shared.getByRole('button', { name: '回到当前' }).first().click();
    await shared.getByRole('heading', { level: 1, name: RENAMED }).waitFor();
    const costs = shared.getByRole('region', { name: '费用走势' });
    await costs.locator('.recharts-line').first().waitFor();
    await costs.scrollIntoViewIfNeeded();
    await inspect(shared, 'phone-costs');
    await shared.getByRole('button', { name: `比较 ${LABEL}` }).click();
    await shared.locator('.diff-line').first().waitFor();
    await shared.locator('.versions-compare').scrollIntoViewIfNeeded();
    await inspect(shared, 'phone-versions');
    await other.close();
  });

  await check('and back to now', async () => {
    await banner.waitFor();
    await page.getByRole('button', { name: 'Back to now' }).first().click();
    await heading(RENAMED).waitFor();
    equal(new URL(page.url()).searchParams.get('at'), null);
    equal(await banner.count(), 0);
    await page.getByText('You are looking at the present again.').waitFor({ state: 'attached' });
    await page.goBack();
    await heading(model.displayName).waitFor();
    await page.goForward();
    await heading(RENAMED).waitFor();
  });

  await check('a moment is chosen by the keyboard, and what can be none is told', async () => {
    const button = page.getByRole('button', { name: 'Time shown: Now' });
    await button.focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('records begin on').waitFor();
    await dialog.getByLabel('Date and time').fill('2099-01-01T00:00:00');
    await page.keyboard.press('Enter');
    await dialog.getByText('This moment has not come yet').waitFor();
    await inspect(page, 'as-of');
    await dialog.getByLabel('Date and time').fill('2001-01-01T00:00:00');
    await page.keyboard.press('Enter');
    await dialog.getByText('Nothing was recorded before').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => dialog.count(), 0);
    equal(await button.evaluate((each) => each === document.activeElement), true);
    await button.click();
    await dialog.getByRole('button', { name: 'Start of records' }).click();
    await banner.waitFor();
    for (const [at, told] of /** @type {const} */ ([
      ['2099-01-01', 'This moment has not come yet'],
      ['2026-02-31', 'This address names no moment'],
    ])) {
      await page.goto(`${base}/models?at=${at}`);
      await page.getByRole('heading', { level: 1, name: told }).waitFor();
    }
    await inspect(page, 'no-such-moment');
    await page.goto(`${base}/models?at=2001-01-01`);
    await page.getByText('Nothing had been recorded yet').waitFor();
    await page.getByText('There were no models at this moment').waitFor();
    await page.goto(`${base}${path}?at=2001-01-01`);
    await page.getByText('It was not in the catalogue at this moment').waitFor();
    await inspect(page, 'past-not-found');
  });

  await check('a model is rolled back, after a look at what that changes', async () => {
    await page.goto(base + path);
    await versions.getByRole('button', { name: `Roll back… ${LABEL}` }).click();
    await dialog.getByText('tried_out').waitFor();
    await inspect(page, 'rollback');
    // Somebody else is quicker.
    await ask(
      'mutation ($input: UpdateModelInput!) { updateModel(input: $input) { userErrors { message } } }',
      { input: { id: model.id, subType: 'something_else' } },
    );
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await dialog.getByText('look at it again before you go on').waitFor();
    await dialog.getByText('Sub-type').waitFor();
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await versions.getByText(`The model was rolled back to “${LABEL}”.`).waitFor();
    await heading(model.displayName).waitFor();
    await page
      .getByRole('region', { name: 'History' })
      .getByText('rollbackModel')
      .first()
      .waitFor();
    await versions.getByRole('button', { name: `Compare ${LABEL}` }).click();
    await versions.getByText('Nothing differs between these two.').waitFor();
    const after = (await ask(FIND)).model;
    equal(after.parameters, model.parameters);
    equal(
      after.prices.map((/** @type {any} */ { component, amount }) => [component, amount]),
      model.prices.map((/** @type {any} */ { component, amount }) => [component, amount]),
    );
  });
}
