import { useEffect, useRef } from 'react';
import { lastOpened, lastPlace, linkId } from './last-place.ts';
import type { ModelsSearch } from './search.ts';

/**
 * Who comes back to a table, by whatever way, finds it scrolled as it was, and the focus at the model
 * that was opened. Another page of it is read from its top.
 */
export function usePlace(search: ModelsSearch, areRowsThere: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const table = JSON.stringify(search);
  const before = useRef<string>(undefined);

  useEffect(() => {
    if (!areRowsThere || before.current === table) {
      return;
    }
    const isFirst = before.current === undefined;
    const place = lastPlace.get();
    const frame = requestAnimationFrame(() => {
      before.current = table;
      box.current?.scrollTo({ top: isFirst && place?.table === table ? place.top : 0 });
      if (isFirst) {
        focusOpened();
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [table, areRowsThere]);

  return {
    box,
    keep: () => lastPlace.set({ table, top: box.current?.scrollTop ?? 0 }),
  };
}

function focusOpened(): void {
  const opened = lastOpened.get();
  if (opened !== undefined) {
    document.getElementById(linkId(opened))?.focus();
    lastOpened.set(undefined);
  }
}
