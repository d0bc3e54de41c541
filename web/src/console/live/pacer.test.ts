import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacer } from './pacer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes together is answered once, and soon', () => {
  const run = vi.fn();
  const pacer = createPacer(run);
  for (let count = 0; count < 100; count += 1) {
    pacer.poke();
  }
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(run).toHaveBeenCalledTimes(1);
});

test('what goes on is answered once a second, and its last for certain', () => {
  const run = vi.fn();
  const pacer = createPacer(run);
  for (let count = 0; count < 100; count += 1) {
    pacer.poke();
    vi.advanceTimersByTime(50);
  }
  const runs = run.mock.calls.length;
  expect(runs).toBeGreaterThanOrEqual(4);
  expect(runs).toBeLessThanOrEqual(6);
  pacer.poke();
  vi.advanceTimersByTime(2_000);
  expect(run.mock.calls.length).toBeGreaterThan(runs);
});

test('what came while it was held is answered after', () => {
  const run = vi.fn();
  const pacer = createPacer(run);
  pacer.poke();
  pacer.hold(true);
  vi.advanceTimersByTime(5_000);
  expect(run).not.toHaveBeenCalled();
  pacer.hold(false);
  vi.advanceTimersByTime(200);
  expect(run).toHaveBeenCalledTimes(1);
});

test('nothing runs that was not asked for, or after the end', () => {
  const run = vi.fn();
  const pacer = createPacer(run);
  pacer.hold(true);
  pacer.hold(false);
  pacer.poke();
  pacer.stop();
  vi.advanceTimersByTime(5_000);
  expect(run).not.toHaveBeenCalled();
});
