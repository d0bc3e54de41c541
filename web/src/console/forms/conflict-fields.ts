import type { ReactNode } from 'react';
import type { ConflictField } from '../conflict-dialog.tsx';
import { changedFrom, isSame } from './changes.ts';

/** How a field is called, and how a value of it is shown. */
export type Describe<V extends object> = (
  key: keyof V & string,
  value: unknown,
) => { label: string; text: ReactNode };

/** The fields that would be written, where that makes a difference to what is there now. */
export function conflictFields<V extends object>(
  initial: Partial<V>,
  mine: V,
  theirs: V,
  describe: Describe<V> | undefined,
): ConflictField[] {
  const changed = Object.keys(changedFrom(initial, mine)) as (keyof V & string)[];
  return changed
    .filter((key) => !isSame(mine[key], theirs[key]))
    .map((key) => {
      const show = (value: unknown) =>
        describe?.(key, value) ?? { label: key, text: value == null ? null : String(value) };
      return {
        key,
        label: show(mine[key]).label,
        mine: show(mine[key]).text,
        theirs: show(theirs[key]).text,
      };
    });
}
