// How fast the table of models feels: npm run measure:console -- <base-url> <link to sign in by>
//
// Prints a table and asserts nothing: figures depend on the machine and on what else it does. It is
// meant for a built console over a catalogue of thousands of models.
/// <reference lib="dom" />

import { launch } from './launch.js';

const [baseUrl = '', link = ''] = process.argv.slice(2);
if (!baseUrl || !link) {
  console.error('usage: npm run measure:console -- <base-url> <link to sign in by>');
  process.exit(2);
}
const base = baseUrl.replace(/\/$/, '');
const ROUNDS = Number(process.env.ROUNDS ?? 10);
const PATIENCE_MS = 30_000;

/** @typedef {{ name: string, times: number[] }} Figure */
/** @typedef {{ page: import('playwright-core').Page, devtools: import('playwright-core').CDPSession }} Visit */
/** @type {Figure[]} */
const figures = [];

/**
 * @param {string} name
 * @param {number} time
 */
function note(name, time) {
  const known = figures.find((figure) => figure.name === name);
  if (known) {
    known.times.push(time);
  } else {
    figures.push({ name, times: [time] });
  }
}

/** Keeps how long each interaction took until the next paint, as the browser tells it. */
function observe() {
  const interactions = new Map();
  Object.assign(globalThis, { interactions });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId, duration } = /** @type {PerformanceEventTiming} */ (entry);
      if (interactionId) {
        interactions.set(interactionId, Math.max(interactions.get(interactionId) ?? 0, duration));
      }
    }
    // 16 ms is the least that can be asked for: what took less counts as that.
  }).observe(/** @type {any} */ ({ type: 'event', durationThreshold: 16, buffered: true }));
}

/**
 * For how long scripts ran so far, by the processor's clock: what else the machine does is not in it.
 *
 * @param {import('playwright-core').CDPSession} devtools
 */
async function scriptTime(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0);
}

/**
 * Chromium draws its own bars into the window even without a screen, and cuts the page off below by as much. What
 * changes only there, such as the number of the page, would be no paint: the window has to be larger.
 *
 * @param {import('playwright-core').CDPSession} devtools
 */
async function showWhole(devtools) {
  const { windowId, bounds } = await devtools.send('Browser.getWindowForTarget');
  const height = (bounds.height ?? 900) + 200;
  await devtools.send('Browser.setWindowBounds', { windowId, bounds: { height } });
}

/** @param {import('playwright-core').Page} page */
async function settled(page) {
  await page.locator('.models-table[aria-busy=false]').waitFor({ timeout: PATIENCE_MS });
}

/** @param {import('playwright-core').Page} page */
const rest = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) =>
        requestIdleCallback(() => setTimeout(resolve, 300), { timeout: 2_000 }),
      ),
  );

/**
 * One interaction: until the next paint, and until the table shows what was asked for.
 *
 * @param {Visit} visit
 * @param {string} name
 * @param {import('playwright-core').Locator} target
 * @param {() => Promise<void>} [shown]
 */
async function interact({ page, devtools }, name, target, shown) {
  await rest(page);
  await page.evaluate(() => /** @type {any} */ (globalThis).interactions.clear());
  await target.hover();
  const before = await page.evaluate(watchTable);
  const ran = await scriptTime(devtools);
  await target.click({ delay: 40 });
  await shown?.();
  await settled(page);
  await rest(page);
  const { next, table } = await page.evaluate((start) => {
    const { interactions, lastChange } = /** @type {any} */ (globalThis);
    return {
      next: Math.max(16, ...interactions.values()),
      table: lastChange - start,
    };
  }, before);
  note(`${name}: to next paint`, next);
  note(`${name}: scripts, by the processor`, (await scriptTime(devtools)) - ran);
  if (shown && table > 0) {
    note(`${name}: to new rows`, table);
  }
}

/** When the rows of the table changed last, from the press on. */
function watchTable() {
  const state = /** @type {any} */ (globalThis);
  state.observer?.disconnect();
  state.pressed = performance.now();
  addEventListener(
    'pointerup',
    () => {
      state.pressed = performance.now();
    },
    { once: true, capture: true },
  );
  const start = performance.now();
  state.lastChange = start;
  const body = document.querySelector('.models-table');
  state.observer = new MutationObserver((records) => {
    if (records.some(({ target }) => /** @type {Element} */ (target).closest?.('tbody'))) {
      requestAnimationFrame(() => {
        state.lastChange = start + (performance.now() - state.pressed);
      });
    }
  });
  if (body) {
    state.observer.observe(body, { childList: true, characterData: true, subtree: true });
  }
  return start;
}

/** @param {import('playwright-core').Browser} browser */
async function firstPaint(browser) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${base}/models`);
    await settled(page);
    const { paint, rows } = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      rows: performance.now(),
    }));
    note('first load: first contentful paint', paint);
    note('first load: rows are there', rows);
    await context.close();
  }
}

/** @param {import('playwright-core').Browser} browser */
async function interactions(browser) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await showWhole(devtools);
  const visit = { page, devtools };
  await page.addInitScript(observe);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${base}/models`);
  await settled(page);
  const total = await page
    .locator('.models-head [role=status]')
    .filter({ hasText: /\d/ })
    .innerText();
  const search = () => new URL(page.url()).search;
  const moved = async (/** @type {string} */ from) => {
    await page.waitForFunction((before) => location.search !== before, from);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const turn = search();
    await interact(visit, 'page', page.getByRole('button', { name: 'Next' }), () => moved(turn));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const sort = search();
    await interact(visit, 'sort', page.getByRole('button', { name: /^Context/ }), () =>
      moved(sort),
    );
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const filter = search();
    await interact(
      visit,
      'filter',
      page.getByRole('checkbox', { name: 'Language', exact: true }),
      () => moved(filter),
    );
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    await interact(visit, 'selection', page.locator('tbody input[type=checkbox]').nth(round));
  }
  await context.close();
  return total;
}

const browser = await launch();
try {
  const total = await interactions(browser);
  await firstPaint(browser);
  console.log(`\n${total}; ${ROUNDS} rounds; milliseconds\n`);
  console.table(
    Object.fromEntries(
      figures.map(({ name, times }) => {
        const sorted = times.toSorted((left, right) => left - right);
        const at = (/** @type {number} */ share) =>
          Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
        return [name, { median: at(0.5), worst: at(1) }];
      }),
    ),
  );
} finally {
  await browser.close();
}
