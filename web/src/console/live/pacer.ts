/** What comes together is answered together. */
const SOON_MS = 50;
/** An import changes thousands of rows: a view asks no more often than so. */
const EVERY_MS = 1_000;

export interface Pacer {
  /** There is something to do: soon, but not too often, and not while it is held. */
  poke(): void;
  hold(isHeld: boolean): void;
  stop(): void;
}

export function createPacer(run: () => void, now: () => number = Date.now): Pacer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  let isHeld = false;
  let last = Number.NEGATIVE_INFINITY;

  const plan = () => {
    if (isDue && !isHeld && timer === undefined) {
      timer = setTimeout(go, Math.max(SOON_MS, last + EVERY_MS - now()));
    }
  };
  const go = () => {
    timer = undefined;
    if (isDue && !isHeld) {
      isDue = false;
      last = now();
      run();
    }
  };
  return {
    poke() {
      isDue = true;
      plan();
    },
    hold(next) {
      isHeld = next;
      plan();
    },
    stop: () => clearTimeout(timer),
  };
}
