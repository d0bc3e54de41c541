import { useEffect, useState } from 'react';

/** So little is no reading further down. */
const A_LITTLE = 24;

const scroller = () => document.getElementById('content');

/** Whether somebody reads further down; on a phone the page scrolls, else what is in it. */
export function useScrolled(): boolean {
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    const look = () => setScrolled(Math.max(scroller()?.scrollTop ?? 0, scrollY) > A_LITTLE);
    look();
    const options = { capture: true, passive: true };
    addEventListener('scroll', look, options);
    return () => removeEventListener('scroll', look, options);
  }, []);
  return isScrolled;
}

export function scrollUp(): void {
  scroller()?.scrollTo({ top: 0 });
  scrollTo({ top: 0 });
}
