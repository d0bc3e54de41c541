// Languages, light and dark, a phone, and the keyboard alone.
/// <reference lib="dom" />

import { deepStrictEqual as equal } from 'node:assert/strict';
import {
  ask,
  base,
  check,
  eventually,
  inspect,
  link,
  openPage,
  PHONE,
  settled,
} from './harness.js';

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Browser} browser
 */
export async function changeLooks(page, browser) {
  await check('in Chinese, dark and on a phone', async () => {
    const phone = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    const small = await openPage(phone);
    await small.goto(`${base}/models`);
    await settled(small);
    await small.getByRole('heading', { level: 1, name: '模型' }).waitFor();
    equal(await small.locator('html').getAttribute('lang'), 'zh-CN');
    await inspect(small, 'phone-models');
    await small.getByRole('button', { name: '筛选' }).click();
    await small.getByRole('dialog').getByText('生命周期阶段').waitFor();
    await inspect(small, 'phone-filters');
    await small.keyboard.press('Escape');
    await small.locator('tbody .name a').first().click();
    await small.getByRole('region', { name: '历史' }).locator('li').first().waitFor();
    await inspect(small, 'phone-model');
    await small.goto(`${base}/sign-in`);
    await small.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    await inspect(small, 'phone-sign-in');
    // The server's own page, which uses nothing up until its button is pressed.
    await small.goto(link);
    await small.getByRole('button', { name: '登录' }).waitFor();
    await inspect(small, 'phone-login');
    await phone.close();
  });

  await check('in English on a phone', async () => {
    const phone = await browser.newContext({ viewport: PHONE, locale: 'en-US' });
    const small = await openPage(phone);
    await small.goto(`${base}/models`);
    await settled(small);
    await inspect(small, 'phone-english');
    await phone.close();
  });

  await check('language and looks are switched, and remembered', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: '简体中文' }).click();
    await page.getByRole('heading', { level: 1, name: '模型' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '模型' }).waitFor();
    await settled(page);
    await inspect(page, 'models-chinese-dark');
  });

  await check(
    'what the server refuses is told in Chinese, and below it in its own words',
    async () => {
      const { model } = await ask('{ model(supplier: "openai", name: "gpt-4o") { databaseId } }');
      await page.goto(`${base}/models/${model.databaseId}`);
      await page.getByRole('button', { name: '编辑', exact: true }).click();
      const dialog = page.getByRole('dialog').first();
      await dialog.getByLabel('名称', { exact: true }).fill('gpt-4o-mini');
      await page.keyboard.press('Control+Enter');
      await eventually(
        () => dialog.locator('.ant-form-item-explain-error').allInnerTexts(),
        ['“名称”已被占用。\n"gpt-4o-mini" is the name of a live model of this supplier'],
      );
      await inspect(page, 'refused-chinese');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '不保存并离开' }).click();
      await eventually(() => page.getByRole('dialog').count(), 0);
    },
  );

  await check('the keyboard is enough', async () => {
    await page.goto(`${base}/models`);
    await settled(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    equal(await page.evaluate(() => document.activeElement?.id), 'content');
  });
}
