// Opens the console in Chromium as a visitor would, goes through what people do with it, and has axe
// look at every view. Pictures of the views go to the folder SCREENSHOTS, if set.
import { deepStrictEqual as equal } from 'node:assert/strict';
import { endSession, giveBadInput } from './console/bad-input.js';
import { fillMatrix } from './console/capabilities.js';
import { arrangeCategories } from './console/categories.js';
import { readChangeSets } from './console/change-sets.js';
import { followChanges } from './console/changes.js';
import { changeModels } from './console/changing.js';
import { compareModels } from './console/compare.js';
import { meetOthers } from './console/conflicts.js';
import { editModels } from './console/editing.js';
import { findModels } from './console/finding.js';
import {
  ask,
  base,
  check,
  eventually,
  failures,
  inspect,
  link,
  noise,
  openPage,
  settled,
  shownCount,
  WIDE,
} from './console/harness.js';
import { importFiles } from './console/importing.js';
import { goOnAJourney } from './console/journey.js';
import { changeLooks } from './console/looks.js';
import { goByPhone } from './console/phone.js';
import { changeSettings } from './console/settings.js';
import { lookAfterSuppliers } from './console/suppliers.js';
import { travelInTime } from './console/time.js';
import { haveTrouble } from './console/trouble.js';
import { visitModels } from './console/visiting.js';
import { launch } from './launch.js';

/** @param {import('playwright-core').Browser} browser */
async function visit(browser) {
  const context = await browser.newContext({
    viewport: WIDE,
    locale: 'en-US',
    colorScheme: 'light',
  });
  const page = await openPage(context);

  await check('the link signs in and leads to the models', async () => {
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${base}/models`);
    await page.getByRole('button', { name: 'Signed in as session:first' }).waitFor();
    await settled(page);
    const { models } = await ask('{ models { totalCount } }');
    await eventually(() => shownCount(page), models.totalCount);
    await inspect(page, 'models');
  });

  await findModels(page, context, browser);
  await changeModels(page);
  await visitModels(page);
  await travelInTime(page, browser);
  await lookAfterSuppliers(page, context);
  await arrangeCategories(page);
  await fillMatrix(page, context);
  await followChanges(page, context, browser);
  await readChangeSets(page);
  await changeSettings(page, browser);
  await editModels(page, context, browser);
  await meetOthers(page);
  await compareModels(page, browser);
  await importFiles(page, browser);
  await goOnAJourney(page);
  await goByPhone(browser, context);
  await giveBadInput(page, context, browser);
  await haveTrouble(page, context);
  await changeLooks(page, browser);
  await endSession(page, context);
  await context.close();
}

const browser = await launch();
await visit(browser).finally(() => browser.close());
await check('the pages stayed quiet', async () => equal(noise, []));
console.log(`console: ${failures() === 0 ? 'fine' : `${failures()} failed`}`);
process.exitCode = failures() === 0 ? 0 : 1;
