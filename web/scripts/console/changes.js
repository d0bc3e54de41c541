// What happens elsewhere, seen at once; change sets and their end; the audit log and the calendar.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ask, base, check, eventually, inspect, openPage, PHONE, WIDE } from './harness.js';

const UPDATE =
  'mutation ($input: UpdateModelInput!) { updateModel(input: $input) { changeSet { id databaseId } userErrors { message } } }';

/** The model that is changed here, and brought back to what it was. */
async function subject() {
  const { model } = await ask(
    '{ model(supplier: "openai", name: "gpt-4o") { id databaseId description displayName } }',
  );
  return model;
}

/**
 * @param {string} description
 * @param {string} [reason]
 */
async function describe(description, reason) {
  const { id } = await subject();
  const { updateModel } = await ask(UPDATE, { input: { id, description, reason } });
  return updateModel.changeSet;
}

/**
 * Opens a page that follows something, and waits until it does.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} path
 */
async function open(page, path) {
  const socket = page.waitForEvent('websocket', (each) => each.url().endsWith('/graphql'));
  await page.goto(base + path);
  await (await socket).waitForEvent('framesent', ({ payload }) =>
    String(payload).includes('"subscribe"'),
  );
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('playwright-core').Browser} browser
 */
export async function followChanges(page, context, browser) {
  const { id, databaseId, description } = await subject();
  await followFeed(page, context, browser, databaseId);
  await readSets(page);
  await describe(description);
  await filterFeed(page, id);
  await readAudit(page, browser);
  await readCalendar(page);
  await look(browser, databaseId);
  await readInChinese(browser, context);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('playwright-core').Browser} browser
 * @param {number} model
 */
async function followFeed(page, context, browser, model) {
  const { description } = await subject();
  const feed = page.getByRole('list', { name: 'Changes' });

  await check('a change appears at once in the feed, and on the page of its model', async () => {
    const elsewhere = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const other = await openPage(elsewhere);
    await open(other, `/models/${model}`);
    await other.getByRole('region', { name: 'History' }).locator('li').first().waitFor();
    await open(page, '/changes');
    await page.getByText('Live', { exact: true }).waitFor();
    const began = performance.now();
    await describe('Told at once.', 'To be seen at once');
    await Promise.all([
      feed.getByText('To be seen at once').waitFor(),
      other.locator('.overview').getByText('Told at once.').waitFor(),
      other.getByRole('region', { name: 'History' }).getByText('To be seen at once').waitFor(),
    ]);
    console.log(
      `      both showed it ${Math.round(performance.now() - began)} ms after it was asked for`,
    );
    await inspect(page, 'changes');
    await elsewhere.close();
  });

  await check('a table that is open shows what others change', async () => {
    const table = await context.newPage();
    await open(table, '/models?q=gpt-4o');
    const { id } = await subject();
    const flag = table
      .locator('tr', { hasText: 'gpt-4o' })
      .locator('.flag', { hasText: 'Inactive' });
    await ask(UPDATE, { input: { id, isActive: false } });
    await flag.first().waitFor();
    await ask(UPDATE, { input: { id, isActive: true } });
    await eventually(() => flag.count(), 0);
    await table.close();
  });

  await check('nothing moves under who reads further down', async () => {
    await page.setViewportSize({ width: 1440, height: 320 });
    await page.locator('#content').evaluate((content) => content.scrollTo({ top: 200 }));
    await describe('Not seen at first.', 'Waiting to be seen');
    await page.getByRole('button', { name: '1 new change' }).waitFor();
    equal(await feed.getByText('Waiting to be seen').count(), 0);
    equal(await page.locator('#content').evaluate((content) => content.scrollTop), 200);
    await page.getByRole('button', { name: '1 new change' }).click();
    await feed.getByText('Waiting to be seen').waitFor();
    await page.setViewportSize(WIDE);
  });

  await check('what comes while it is paused is counted', async () => {
    await page.getByRole('switch', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await describe('While it was paused.', 'Made during the pause');
    await page.getByRole('button', { name: '1 new change' }).waitFor();
    await inspect(page, 'changes-paused');
    equal(await feed.getByText('Made during the pause').count(), 0);
    await page.getByRole('switch', { name: 'Pause' }).click();
    await feed.getByText('Made during the pause').waitFor();
  });

  await check('a connection that was lost goes on where it was', async () => {
    await context.setOffline(true);
    try {
      await page.getByText('Connection lost').waitFor();
      await describe(description, 'Made while the line was cut');
    } finally {
      await context.setOffline(false);
    }
    await feed.getByText('Made while the line was cut').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });
}

/** @param {import('playwright-core').Page} page */
async function readSets(page) {
  const dialog = page.getByRole('dialog');

  await check('a change set says what it changed, and is reverted', async () => {
    const { description } = await subject();
    const made = await describe('To be reverted.', 'To try it out');
    await page.goto(`${base}/changes`);
    await page.locator(`.feed a[href="/changes/${made.databaseId}"]`).first().click();
    await page.getByRole('heading', { level: 1, name: `Change set ${made.databaseId}` }).waitFor();
    await page.getByText('To be reverted.').waitFor();
    await inspect(page, 'change-set');
    await page.getByRole('button', { name: 'Revert…' }).click();
    await dialog.getByText('One object is brought back to what it was before').waitFor();
    await dialog.getByLabel('Reason').fill('It was no good');
    await inspect(page, 'revert');
    await dialog.getByRole('button', { name: 'Revert', exact: true }).click();
    await dialog.getByText('Reverted: one object was brought back').waitFor();
    equal((await subject()).description, description);
    await dialog.getByRole('link', { name: 'See the change set that this made' }).click();
    await page.getByText('It was no good').waitFor();
    await page.getByRole('link', { name: `Change set ${made.databaseId}` }).waitFor();
  });

  await check(
    'what was changed since stands in the way, unless it is said what happens',
    async () => {
      const { description, databaseId } = await subject();
      await describe('First.', 'The first of two');
      await describe('Second.', 'The second of two');
      await page.goto(`${base}/models/${databaseId}`);
      const entry = page.locator('.timeline > li', { hasText: 'The first of two' });
      await entry.getByRole('button', { name: /^Revert the change/ }).click();
      await dialog.getByText('One later change stands in the way').waitFor();
      equal(await dialog.getByRole('button', { name: 'Revert', exact: true }).isDisabled(), true);
      await dialog.getByText('was changed since').waitFor();
      await inspect(page, 'revert-conflict');
      await dialog.getByRole('radio', { name: /^Bring back all/ }).check();
      await dialog.getByText('One object is brought back, and the later changes of it').waitFor();
      await dialog.getByRole('button', { name: 'Revert', exact: true }).click();
      await dialog.getByText('Reverted: one object was brought back').waitFor();
      equal((await subject()).description, description);
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
      await eventually(() => dialog.count(), 0);
    },
  );

  await check('a set of thousands has pages, and one that is none says so', async () => {
    const { changeSet } = await ask('{ changeSet(id: "ChangeSet:1") { totalCount } }');
    await page.goto(`${base}/changes/1`);
    await page.getByText(`Page 1 of ${Math.ceil(changeSet.totalCount / 50)}`).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(/^Page 2 of/).waitFor();
    ok(new URL(page.url()).searchParams.get('after'));
    await page.getByText('Values').first().click();
    await inspect(page, 'change-set-pages');
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText(/^Page 1 of/).waitFor();
    for (const path of ['/changes/999999999', '/changes/x']) {
      await page.goto(base + path);
      await page.getByRole('heading', { name: 'There is no such change set' }).waitFor();
      await page.getByRole('link', { name: 'Go to all changes' }).waitFor();
    }
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} model
 */
async function filterFeed(page, model) {
  await check('the feed is filtered by its address', async () => {
    const shown = () => page.locator('.feed .feed-item:not(:has(details))').count();
    const query =
      'query ($where: ChangeSetWhere) { changeSets(where: $where, first: 50) { nodes { id } } }';
    const count = async (/** @type {object} */ where) =>
      (await ask(query, { where })).changeSets.nodes.length;
    await page.goto(`${base}/changes?object=${model}`);
    await page.getByText('Only of GPT-4o').waitFor();
    await eventually(shown, await count({ ids: [model] }));
    await page.goto(`${base}/changes`);
    await page.getByRole('combobox', { name: 'Reverts' }).click();
    await page.locator('.ant-select-item-option', { hasText: 'Only reverts' }).click();
    await eventually(shown, await count({ isRevert: true }));
    equal(new URL(page.url()).search, '?revert=yes');
    await inspect(page, 'changes-filtered');
    await page.goto(`${base}/changes?actor=nobody-at-all`);
    await page.getByText('No change meets all of these filters').waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await eventually(async () => (await shown()) > 0, true);
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
async function readAudit(page, browser) {
  await check('the audit log is filtered by its address', async () => {
    await page.goto(`${base}/changes/audit?action=signIn`);
    await page.getByRole('rowheader', { name: 'signIn' }).first().waitFor();
    await page.goto(`${base}/changes/audit`);
    await page.getByRole('rowheader').first().waitFor();
    await inspect(page, 'audit');
    await page.goto(`${base}/changes/audit?action=updateModel`);
    const actions = page.getByRole('rowheader');
    await eventually(async () => [...new Set(await actions.allInnerTexts())], ['updateModel']);
    await page
      .getByRole('link', { name: /^Change set/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /^Change set/ }).waitFor();
  });

  await check('who may not see the audit log is told so', async () => {
    const stranger = await browser.newContext({ viewport: WIDE, locale: 'en-US' });
    const other = await openPage(stranger);
    await other.goto(`${base}/changes/audit`);
    await other.getByText('You have to sign in to see this').waitFor();
    await inspect(other, 'audit-refused');
    await other.goto(`${base}/changes`);
    await other.locator('.feed > li').first().waitFor();
    await other.locator('.feed a:visible').first().click();
    await other.getByRole('heading', { level: 1, name: /^Change set/ }).waitFor();
    equal(await other.getByRole('button', { name: 'Revert…' }).count(), 0);
    await stranger.close();
  });
}

/** @param {import('playwright-core').Page} page */
async function readCalendar(page) {
  await check('the calendar says what ends when, and is saved as a file', async () => {
    await page.goto(`${base}/changes/deprecations?months=all&past=yes`);
    const all = page.locator('.steps > li');
    await all.first().waitFor();
    await inspect(page, 'deprecations');
    const { deprecations } = await ask(
      '{ deprecations(before: "2999-12-31", first: 100) { nodes { steps { on } } } }',
    );
    const steps = deprecations.nodes.flatMap((/** @type {any} */ node) => node.steps).length;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    equal(lines.length - 1, steps);
    await page.getByText('3 months', { exact: true }).click();
    await eventually(async () => new URL(page.url()).searchParams.get('months'), '3');
    ok((await all.count()) > 0);
  });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {number} model
 */
async function look(browser, model) {
  await check('changes in Chinese, dark and on a phone', async () => {
    const phone = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    const small = await openPage(phone);
    await small.goto(`${base}/changes?object=Model:${model}`);
    await small.locator('.feed > li').first().waitFor();
    await inspect(small, 'phone-changes');
    await small.locator('.feed a:visible').first().click();
    await small.getByRole('heading', { level: 1, name: /^变更集/ }).waitFor();
    await inspect(small, 'phone-change-set');
    await small.goto(`${base}/changes/deprecations`);
    await small.locator('.steps > li').first().waitFor();
    await inspect(small, 'phone-deprecations');
    await small.getByRole('button', { name: '菜单' }).click();
    const menu = small.getByRole('dialog').getByRole('navigation', { name: '主导航' });
    equal(await menu.locator('[aria-current=page]').innerText(), '变更');
    await inspect(small, 'phone-menu');
    await menu.getByRole('link', { name: '设置' }).click();
    await small.getByRole('heading', { level: 1, name: '设置' }).waitFor();
    await eventually(() => small.getByRole('dialog').count(), 0);
    await inspect(small, 'phone-settings');
    await phone.close();
  });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContext} context
 */
async function readInChinese(browser, context) {
  await check('what the console has words for is told in Chinese, in the past too', async () => {
    const chinese = await browser.newContext({
      viewport: WIDE,
      locale: 'zh-CN',
      storageState: await context.storageState(),
    });
    const page = await openPage(chinese);
    const { id, databaseId } = await subject();
    const { node } = await ask(
      'query ($id: ID!) { node(id: $id) { ... on Model { modelType } } }',
      { id },
    );
    await ask(UPDATE, { input: { id, modelType: 'VISION' } });
    await page.goto(`${base}/models/${databaseId}`);
    const newest = page.getByRole('region', { name: '历史' }).locator('.timeline > li').first();
    await newest.getByText('类型', { exact: true }).waitFor();
    equal(await newest.locator('ins').innerText(), '视觉');
    await ask(UPDATE, { input: { id, modelType: node.modelType } });
    await page.goto(`${base}/changes/audit?action=createApiToken`);
    await page.getByText('：管理员，角色的全部权限').first().waitFor();
    await chinese.close();
  });

  await check('what is refused is told in Chinese, with what to do', async () => {
    const chinese = await browser.newContext({ viewport: WIDE, locale: 'zh-CN' });
    const page = await openPage(chinese);
    await page.goto(`${base}/models?after=cut&page=3`);
    await page.getByRole('heading', { level: 1, name: '加载失败' }).waitFor();
    await page.getByText('请求或本页地址中有无法接受的内容。').waitFor();
    await inspect(page, 'failed-chinese');
    await chinese.close();
  });
}
