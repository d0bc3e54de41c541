import { useState } from 'react';

export interface Seen<T> {
  seen: T;
  /** For a form's `lookAgain`. */
  lookAgain: () => Promise<boolean>;
}

/**
 * Something that others change too, as it was when its dialog was opened: what is done to it is done
 * to what was seen. After a conflict it is read and seen anew.
 */
export function useSeen<T>(atFirst: T, read: () => Promise<T | undefined>): Seen<T> {
  const [seen, see] = useState(atFirst);
  const lookAgain = async () => {
    const now = await read();
    if (now !== undefined) {
      see(() => now);
    }
    return now !== undefined;
  };
  return { seen, lookAgain };
}
