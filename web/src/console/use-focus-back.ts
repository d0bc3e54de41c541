import { useEffect, useRef, useState } from 'react';

/**
 * For a dialog that is there only while it is open: gives the focus back to what had it before, or
 * to the view if that is gone.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
      setTimeout(() => {
        if (!isThere.current) {
          const target = opener?.isConnected ? opener : document.getElementById('content');
          (target as HTMLElement | null)?.focus({ preventScroll: true });
        }
      });
    };
  }, [opener]);
}
