import type { PointerEvent as ReactPointerEvent } from 'react';

/**
 * Has a press reach the button that it began on, though that moves away from under the pointer: the
 * press takes the focus from a field, and what is told below the field comes or goes with that. Who
 * goes elsewhere before letting go doesn't press it, as ever.
 */
export function holdPress({ target, pointerId }: ReactPointerEvent<HTMLElement>): void {
  const button = (target as Element).closest('button');
  if (!button) {
    return;
  }
  const place = button.getBoundingClientRect();
  const follow = ({ clientX: x, clientY: y }: PointerEvent) => {
    const isThere = x >= place.left && x <= place.right && y >= place.top && y <= place.bottom;
    if (!isThere) {
      button.releasePointerCapture(pointerId);
    }
  };
  button.setPointerCapture(pointerId);
  button.addEventListener('pointermove', follow);
  button.addEventListener(
    'lostpointercapture',
    () => button.removeEventListener('pointermove', follow),
    { once: true },
  );
}
