import { useEffect, useRef } from 'react';
import { useAsOf } from '../as-of/as-of-context.ts';
import { activeQueries } from '../client.ts';
import { useSession } from '../session.tsx';
import { follow, type Subject } from './follow.ts';
import { createPacer, type Pacer } from './pacer.ts';

interface Options {
  /** What reads anew what is shown; all queries of the page whose variables name one of the ids if left out. */
  refresh?: () => void;
  /** While somebody works on what is shown, it stays as it is; it is read anew right after. */
  isHeld?: boolean;
}

/**
 * Keeps what a view shows true: whenever anybody changes its subject, it is read anew, within a second while it is
 * looked at, and else as soon as it is. `undefined` follows nothing.
 */
export function useLive(subject: Subject | undefined, options: Options = {}): void {
  const { epoch, isShut } = useSession();
  // What was doesn't change.
  const isNow = useAsOf() === undefined;
  const key = subject && !isShut && isNow ? JSON.stringify(subject) : undefined;
  const refresh = useRef(options.refresh);
  refresh.current = options.refresh;
  const isHeld = options.isHeld ?? false;
  const held = useRef(isHeld);
  const pacer = useRef<Pacer>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever signs in begins anew
  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const subject = JSON.parse(key) as Subject;
    const made = createPacer(() =>
      refresh.current
        ? refresh.current()
        : refreshQueriesOf([subject.ids ?? []].flat().map(String)),
    );
    pacer.current = made;
    const look = () => made.hold(held.current || document.visibilityState === 'hidden');
    look();
    document.addEventListener('visibilitychange', look);
    const leave = follow(subject, made.poke);
    return () => {
      document.removeEventListener('visibilitychange', look);
      leave();
      made.stop();
    };
  }, [key, epoch]);

  useEffect(() => {
    held.current = isHeld;
    pacer.current?.hold(isHeld || document.visibilityState === 'hidden');
  }, [isHeld]);
}

/** Asks anew whatever is shown and was asked for by one of these ids. */
export function refreshQueriesOf(ids: readonly string[]): void {
  activeQueries.refresh(({ variables }) => {
    const text = JSON.stringify(variables);
    return ids.some((id) => text.includes(`"${id}"`));
  });
}
