// What the console's tests share: checks that count, questions to the server itself, and a look at each view.
/// <reference lib="dom" />

import { deepStrictEqual as equal, ok } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';

const [baseUrl = '', signInLink = ''] = process.argv.slice(2);
if (!baseUrl || !signInLink) {
  console.error('usage: npm run test:console -- <base-url> <link to sign in by>');
  process.exit(2);
}
export const link = signInLink;
export const base = baseUrl.replace(/\/$/, '');
const pictures = process.env.SCREENSHOTS;
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 380, height: 800 };
/** Up to this width a view scrolls as a whole. */
const PHONE_MOST = 640;
/** A machine that tests is busy: what is waited for may take its time. */
const PATIENCE_MS = 30_000;

/** What the tests provoke: a server that is away, one that doesn't know us, and one with a newer console. */
const EXPECTED =
  /Failed to load|^WebSocket connection to|part of the console could not be loaded|^Couldn't load preload assets/;

/** @type {string[]} */
export const noise = [];
let failed = 0;

export const failures = () => failed;

/**
 * @param {string} name
 * @param {() => Promise<void>} run
 */
export async function check(name, run) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error).split('\n').join('\n      ')}`);
  }
}

/**
 * Asks the server itself, as the tests' own check of what the page shows.
 *
 * @param {string} query
 * @param {Record<string, unknown>} [variables]
 */
export async function ask(query, variables) {
  const answer = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${process.env.MODELRY_TOKEN}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  ok(data && !errors, JSON.stringify(errors));
  return data;
}

/**
 * A page that must stay quiet: what it complains of is a failure in the end.
 *
 * @param {import('playwright-core').BrowserContext} context
 */
export async function openPage(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) {
      noise.push(message.text());
    }
  });
  page.on('pageerror', (error) => noise.push(String(error)));
  await page.exposeFunction('reportViolation', (/** @type {string} */ violation) =>
    noise.push(`violation of the content security policy: ${violation}`),
  );
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      /** @type {any} */ (globalThis).reportViolation(`${effectiveDirective}: ${blockedURI}`),
    );
  });
  return page;
}

/**
 * Has axe look at the view, measures that it keeps within the window, and takes a picture.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {string[]} [others] what is not ours to mend
 */
export async function inspect(page, name, others = []) {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((each) => each.finished.catch(() => {})),
    ),
  );
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }
  await page.evaluate(axe.source);
  await check(`axe finds nothing in ${name}`, async () => {
    const { violations } = await page.evaluate(
      (exclude) =>
        /** @type {any} */ (globalThis).axe.run(
          { include: ['html'], exclude },
          {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            // Popups stand at the end of the page, outside of every landmark.
            rules: { region: { enabled: false } },
          },
        ),
      others,
    );
    const told = violations.map(
      (/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`,
    );
    equal(told, []);
  });
  await check(`no icon is read aloud in ${name}`, async () => {
    // The library names its icons in English, whatever the language: `plus New model`.
    const named = await page
      .locator('a, button:not([aria-label])')
      .locator('.anticon:not([aria-hidden], [aria-hidden=true] *)')
      .evaluateAll((icons) =>
        icons
          .filter((icon) => icon.querySelector('svg')?.dataset.icon === icon.ariaLabel)
          .map((icon) => icon.closest('a, button')?.outerHTML),
      );
    equal(named, []);
  });
  const { wider, longer } = await page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { wider: scrollWidth - clientWidth, longer: scrollHeight - clientHeight };
  });
  ok(wider <= 0, `${name} is ${wider} pixels wider than the window`);
  if ((page.viewportSize()?.width ?? 0) > PHONE_MOST) {
    // What scrolls is below the bars. A document that did, too, would take them away.
    ok(longer <= 0, `${name} is ${longer} pixels longer than the window`);
  }
}

/** @param {import('playwright-core').Page} page */
export async function settled(page) {
  await page.locator('.models-table[aria-busy=false]').waitFor();
}

/** @param {import('playwright-core').Page} page */
export const firstName = (page) => page.locator('tbody tr').first().locator('.name a').innerText();

/**
 * How many models there are, which is told after the first rows.
 *
 * @param {import('playwright-core').Page} page
 */
export async function shownCount(page) {
  const told = page.locator('.models-head [role=status]').filter({ hasText: /\d/ });
  const text = await told.innerText();
  return Number(text.replace(/\D/g, ''));
}

/**
 * Waits until the page shows what is expected of it.
 *
 * @template T
 * @param {() => Promise<T>} look
 * @param {T} expected
 */
export async function eventually(look, expected) {
  const deadline = Date.now() + PATIENCE_MS;
  let seen = await look();
  while (JSON.stringify(seen) !== JSON.stringify(expected) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await look();
  }
  equal(seen, expected);
}

/**
 * Waits until something has the focus: a dialog gives it to its first field when it has opened.
 *
 * @param {import('playwright-core').Locator} locator
 */
export const focused = (locator) =>
  eventually(() => locator.evaluate((each) => each === document.activeElement), true);
