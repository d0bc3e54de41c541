// The main journeys again, as somebody goes on them with a phone, in Chinese and in the dark.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { ask, base, check, eventually, inspect, openPage, PHONE, settled } from './harness.js';
import { fileOf, model } from './models-dev-file.js';

/** @typedef {import('playwright-core').Page} Page */

const SUPPLIER = 'phone-check';
const CHEAPEST = '袖珍模型';
const NAMES = [CHEAPEST, '中等模型', '大模型'];
const CATEGORY = 'phone-check';
const KEY = '手机上的密钥';

const FILE = fileOf('phone.json', {
  id: SUPPLIER,
  name: '手机测试',
  models: {
    'phone-small': model(NAMES[0] ?? '', 0.0002, 200_000),
    'phone-medium': model(NAMES[1] ?? '', 0.0004, 400_000),
    'phone-large': model(NAMES[2] ?? '', 0.0008, 1_000_000),
  },
});

/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog').last();

/** @param {Page} page */
const isClosed = (page) => eventually(() => page.getByRole('dialog').count(), 0);

/**
 * Whether all columns of a table are in sight.
 *
 * @param {Page} page
 * @param {string} name
 */
async function isWhole(page, name) {
  const frame = page.getByRole('table', { name, exact: true }).locator('..');
  await frame.waitFor();
  const over = await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  ok(over <= 0, `${name} is ${over} pixels wider than its place`);
}

/**
 * By the menu, as everything is reached from everywhere.
 *
 * @param {Page} page
 * @param {string} view
 */
async function go(page, view) {
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('dialog').getByRole('link', { name: view, exact: true }).click();
  await isClosed(page);
  await page.getByRole('heading', { level: 1, name: view }).waitFor();
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContext} signedIn
 */
export async function goByPhone(browser, signedIn) {
  const phone = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    locale: 'zh-CN',
    colorScheme: 'dark',
    // A menu that unfolds under a press is missed where the machine is busy.
    reducedMotion: 'reduce',
    storageState: await signedIn.storageState(),
  });
  const page = await openPage(phone);
  await page.goto(base);
  await settled(page);
  await importFile(page);
  await find(page);
  await edit(page);
  await meet(page, phone);
  await compare(page);
  await goBack(page);
  await seeChange(page);
  await revert(page);
  await moveCategory(page);
  await rotateKey(page);
  await phone.close();
}

/** @param {Page} page */
async function importFile(page) {
  await check('by phone: a file is looked into, and imported', async () => {
    await go(page, '导入');
    await page.locator('input[type=file]').setInputFiles(FILE);
    await page.getByText('文件看起来是这种格式').waitFor();
    await page.getByRole('button', { name: '预览', exact: true }).click();
    await page.getByRole('heading', { name: '将会发生的改动' }).waitFor();
    const models = page.getByRole('row', { name: /^模型 / }).first();
    equal((await models.innerText()).split(/\s+/), ['模型', '3', '0', '0', '0']);
    await inspect(page, 'by-phone-preview');
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('新增 3 个模型，修改 0 个。').waitFor();
    await inspect(page, 'by-phone-imported');
    await page.getByRole('link', { name: '查看模型' }).click();
    await settled(page);
  });
}

/** @param {Page} page */
async function find(page) {
  await check('by phone: three filters find models, and the address is shared', async () => {
    await page.getByRole('button', { name: '筛选' }).click();
    const filters = dialog(page);
    await filters.getByRole('checkbox', { name: '语言', exact: true }).check();
    // What can be chosen is counted anew, and stands in the order of the counts.
    await page.locator('.models-count[aria-busy=false]').waitFor({ state: 'attached' });
    await filters.getByRole('combobox', { name: '能力' }).fill('tool');
    await page.locator('.ant-select-item-option', { hasText: 'Tool calling' }).click();
    await eventually(
      async () => new URL(page.url()).searchParams.get('capability'),
      'tool_calling',
    );
    await filters.getByRole('textbox', { name: '上下文窗口：不低于' }).fill('200k');
    await page.keyboard.press('Enter');
    // The list that was chosen from closes while its field is left.
    const lists = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
    await eventually(() => lists.count(), 0);
    await inspect(page, 'by-phone-filters');
    await filters.getByRole('button', { name: /^显示 \d+ 个模型$/ }).click();
    await isClosed(page);
    await settled(page);
    for (const name of NAMES) {
      await page.locator('tbody').getByRole('link', { name, exact: true }).waitFor();
    }
    const { searchParams } = new URL(page.url());
    equal(
      ['type', 'capability', 'minContext'].map((each) => searchParams.get(each)),
      ['language', 'tool_calling', '200000'],
    );
    const shared = await openPage(page.context());
    await shared.goto(page.url());
    await settled(shared);
    await shared.locator('tbody').getByRole('link', { name: CHEAPEST, exact: true }).waitFor();
    await shared.close();
  });
}

/** @param {Page} page */
async function edit(page) {
  await check('by phone: what is wrong stands beside its field, and is mended', async () => {
    await page.locator('tbody').getByRole('link', { name: CHEAPEST, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: CHEAPEST }).waitFor();
    await isWhole(page, '价格');
    const input = page.getByRole('table', { name: '价格' }).getByRole('row', { name: '输入' });
    await input.getByText('标准', { exact: true }).waitFor();
    await page.getByRole('button', { name: '编辑', exact: true }).click();
    const form = dialog(page);
    await form.getByLabel('知识截止').fill('2025-13');
    await form.getByRole('button', { name: '保存' }).click();
    await form.getByText('不是日期；请写年、月或日').waitFor();
    await inspect(page, 'by-phone-refused');
    await form.getByLabel('知识截止').fill('2025-06');
    await form.getByText('不是日期；请写年、月或日').waitFor({ state: 'detached' });
    await form.getByRole('button', { name: '保存' }).click();
    await isClosed(page);
    await page.getByText('模型已修改').waitFor();
    // A longer text takes more lines; what closes the bar stays beside it.
    await page
      .locator('.undo-text bdi')
      .evaluate((each) => each.append('，长度不止一行'.repeat(4)));
    const [text, close] = await Promise.all([
      page.locator('.undo-text').boundingBox(),
      page.locator('.undo-bar').getByRole('button', { name: '关闭' }).boundingBox(),
    ]);
    ok(text && close && close.y < text.y + text.height, 'the undo bar wraps its buttons');
    await inspect(page, 'by-phone-edited');
    equal((await small()).knowledgeCutoff, '2025-06');
  });

  await check(
    'by phone: a button can be read, also one that deletes and is under the pointer',
    async () => {
      await page.getByRole('button', { name: '更多操作' }).click();
      await page.getByRole('menuitem', { name: '删除…' }).click();
      await dialog(page).getByRole('button', { name: '删除' }).hover();
      await inspect(page, 'by-phone-delete');
      await dialog(page).getByRole('button', { name: '取消' }).click();
      await isClosed(page);
    },
  );
}

/** The model that is worked on, as the server has it. */
async function small() {
  const { model: found } = await ask(
    `{ model(supplier: "${SUPPLIER}", name: "phone-small") { id databaseId description knowledgeCutoff } }`,
  );
  return found;
}

/**
 * @param {string} description
 * @param {string} [reason]
 */
async function describe(description, reason) {
  const { id } = await small();
  const { updateModel } = await ask(
    'mutation ($input: UpdateModelInput!) { updateModel(input: $input) { userErrors { message } } }',
    { input: { id, description, reason } },
  );
  equal(updateModel.userErrors, []);
}

/**
 * @param {Page} page
 * @param {import('playwright-core').BrowserContext} phone
 */
async function meet(page, phone) {
  await check('by phone: of two tabs, the second is shown what the first has saved', async () => {
    const other = await openPage(phone);
    await other.goto(page.url());
    for (const [tab, text] of /** @type {const} */ ([
      [page, '这一页的描述'],
      [other, '另一页的描述'],
    ])) {
      await tab.getByRole('button', { name: '编辑', exact: true }).click();
      await dialog(tab).getByLabel('描述').fill(text);
    }
    await dialog(other).getByRole('button', { name: '保存' }).click();
    await isClosed(other);
    await other.close();
    await dialog(page).getByRole('button', { name: '保存' }).click();
    const conflict = page.getByRole('dialog', { name: '此内容已被他人修改' });
    await conflict.getByText('另一页的描述').waitFor();
    await inspect(page, 'by-phone-conflict');
    await conflict.getByRole('button', { name: '保存我的值' }).click();
    await isClosed(page);
    equal((await small()).description, '这一页的描述');
  });
}

/** @param {Page} page */
async function compare(page) {
  await check('by phone: models are compared, and the chart is read', async () => {
    await go(page, '模型');
    await page.getByRole('searchbox').fill('phone-');
    for (const name of NAMES) {
      await page.getByRole('checkbox', { name: `选择 ${name}`, exact: true }).check();
    }
    await inspect(page, 'by-phone-selected');
    await page.getByRole('button', { name: /^对比/ }).click();
    await page.getByRole('heading', { level: 1, name: '模型对比' }).waitFor();
    const costs = page.getByRole('table', { name: '每月费用' });
    await eventually(
      () => costs.locator('tr', { hasText: '最便宜' }).locator('th').allInnerTexts(),
      [CHEAPEST],
    );
    await isWhole(page, '每月费用');
    const chart = page.getByRole('region', { name: '价格与上下文窗口' });
    for (const name of NAMES) {
      await chart.getByRole('link', { name: new RegExp(`^${name}: `) }).waitFor();
    }
    await chart.scrollIntoViewIfNeeded();
    await inspect(page, 'by-phone-chart');
  });
}

/** @param {Page} page */
async function goBack(page) {
  await check('by phone: the console goes back in time, and returns', async () => {
    const { databaseId } = await small();
    const { changeSets } = await ask('{ changeSets(first: 1) { nodes { createdAt } } }');
    const [{ createdAt }] = changeSets.nodes;
    await describe('后来的描述');
    await page.goto(`${base}/models/${databaseId}?at=${encodeURIComponent(createdAt)}`);
    await page.getByText('目录在此时刻的样子').waitFor();
    await page.getByText('这一页的描述').first().waitFor();
    equal(await page.getByText('后来的描述').count(), 0);
    equal(await page.getByRole('button', { name: '编辑', exact: true }).count(), 0);
    await inspect(page, 'by-phone-past');
    await page.getByRole('button', { name: '回到当前' }).first().click();
    await page.locator('.overview').getByText('后来的描述').waitFor();
    await page.getByRole('button', { name: '编辑', exact: true }).waitFor();
  });
}

/** @param {Page} page */
async function seeChange(page) {
  await check('by phone: what others change is there at once', async () => {
    await go(page, '变更');
    await page.getByText('实时', { exact: true }).waitFor();
    const began = performance.now();
    await describe('刚刚改过的描述', '为了马上看到');
    await page.locator('.feed > li').first().getByText('为了马上看到').waitFor();
    console.log(`      shown ${Math.round(performance.now() - began)} ms after it was asked for`);
    await inspect(page, 'by-phone-live');
  });
}

/** @param {Page} page */
async function revert(page) {
  await check('by phone: the import is found, and taken back with what followed', async () => {
    await page.locator('.feed > li', { hasText: FILE.name }).first().locator('a').first().click();
    await page.getByRole('heading', { level: 1, name: /^变更集/ }).waitFor();
    await page.getByRole('button', { name: '撤销…' }).first().click();
    await dialog(page)
      .getByRole('radio', { name: /^全部恢复/ })
      .check();
    await inspect(page, 'by-phone-revert');
    await dialog(page).getByRole('button', { name: '撤销', exact: true }).click();
    await dialog(page)
      .getByText(/^已撤销：/)
      .waitFor();
    await dialog(page).getByRole('button', { name: '关闭' }).last().click();
    equal((await ask(`{ supplier(name: "${SUPPLIER}") { id } }`)).supplier, null);
  });
}

/** @param {Page} page */
async function moveCategory(page) {
  await check('by phone: a category is moved', async () => {
    const { createCategory } = await ask(
      'mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { category { id } userErrors { message } } }',
      { input: { name: CATEGORY, displayName: '手机分类', categoryType: 'task' } },
    );
    const { id } = createCategory.category;
    await go(page, '分类');
    const row = page.locator(`tr[data-id="${id}"]`);
    // The tree is there before its counts are; a menu that opens between the two may close again.
    await row.getByText('0', { exact: true }).first().waitFor();
    await row.getByRole('button', { name: '手机分类 的操作' }).click();
    await page.getByRole('menuitem', { name: '移动到…' }).click();
    await dialog(page).getByRole('combobox', { name: '移动到此分类下' }).fill('llm/chat');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('button', { name: '移动', exact: true }).click();
    await page.getByText(/^已将“手机分类”移到“.*对话”下$/).waitFor();
    await inspect(page, 'by-phone-moved');
    ok((await ask(`{ category(path: "llm/chat/${CATEGORY}") { id } }`)).category);
    await ask(
      'mutation ($input: DeleteCategoryInput!) { deleteCategory(input: $input) { userErrors { message } } }',
      { input: { id } },
    );
  });
}

/** @param {Page} page */
async function rotateKey(page) {
  await check('by phone: a key is rotated', async () => {
    const { supplier } = await ask('{ supplier(name: "openai") { id databaseId } }');
    const { createSupplierKey } = await ask(
      'mutation ($input: CreateSupplierKeyInput!) { createSupplierKey(input: $input) { userErrors { message } } }',
      { input: { supplierId: supplier.id, label: KEY, secret: 'sk-phone-0123456789abcd' } },
    );
    equal(createSupplierKey.userErrors, []);
    await page.goto(`${base}/suppliers/${supplier.databaseId}`);
    await page.getByRole('button', { name: `${KEY} 的操作` }).click();
    await page.getByRole('menuitem', { name: '轮换…' }).click();
    await dialog(page).getByLabel('新密钥').fill('sk-phone-9876543210WXYZ');
    await inspect(page, 'by-phone-rotate');
    await dialog(page).getByRole('button', { name: '轮换', exact: true }).click();
    await page.getByText(`已轮换密钥“${KEY}”`).waitFor();
    await page.getByText('••••WXYZ').waitFor();
    await page.getByText('已被替换，暂可使用').waitFor();
    await isWhole(page, '密钥');
    await inspect(page, 'by-phone-rotated');
    const { supplier: after } = await ask('{ supplier(name: "openai") { keys { id label } } }');
    const mine = after.keys.filter((/** @type {any} */ { label }) => label === KEY);
    equal(mine.length, 2);
    for (const { id } of mine) {
      await ask(
        'mutation ($input: DeleteSupplierKeyInput!) { deleteSupplierKey(input: $input) { userErrors { message } } }',
        { input: { id } },
      );
    }
  });
}
