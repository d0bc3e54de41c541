// Answers that come late, as from a server that has much to do.
/// <reference lib="dom" />

import { eventually } from './harness.js';

const ABOUT_MODEL = /\bquery ModelPage\b/;

/** @typedef {import('playwright-core').Page} Page */

/**
 * Holds back each answer about the page of a model from now on: the server has given it, and the page
 * gets it when it is let go.
 *
 * @param {Page} page
 */
export async function holdAnswers(page) {
  /** @type {(() => void)[]} */
  const held = [];
  /** @type {Promise<void>[]} */
  const routes = [];
  let isOver = false;
  const hold = async (/** @type {import('playwright-core').Route} */ route) => {
    const response = await route.fetch();
    if (!isOver) {
      await new Promise((go) => held.push(() => go(undefined)));
    }
    await route.fulfill({ response });
  };
  await page.route('**/graphql', (route) => {
    if (!ABOUT_MODEL.test(route.request().postDataJSON()?.query ?? '')) {
      return route.fallback();
    }
    const done = hold(route);
    routes.push(done);
    return done;
  });
  const isHeld = (/** @type {import('playwright-core').Response} */ response) =>
    ABOUT_MODEL.test(response.request().postDataJSON()?.query ?? '');
  return {
    /**
     * How many there are, when there are more than that.
     *
     * @param {number} known
     */
    some: async (known) => {
      await eventually(async () => held.length > known, true);
      return held.length;
    },
    /**
     * The oldest ones come, one after the other, and are done with.
     *
     * @param {number} count
     */
    letGo: async (count) => {
      for (const go of held.splice(0, count)) {
        const answered = page.waitForResponse(isHeld);
        go();
        await (await answered).finished();
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
        );
      }
    },
    end: async () => {
      isOver = true;
      for (const go of held.splice(0)) {
        go();
      }
      await Promise.all(routes);
      await page.unroute('**/graphql');
    },
  };
}

/** Runs in the page: keeps what is said of a deletion from now on. */
export function watchDeleted() {
  /** @type {string[]} */
  const seen = [];
  new MutationObserver(() => {
    const [said] = /This model was deleted on/.exec(document.body.innerText) ?? [];
    if (said) {
      seen.push(said);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  return seen;
}
