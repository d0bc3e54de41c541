import type { DrawerProps } from 'antd';
import { lazy, Suspense, useRef } from 'react';

const Drawer = lazy(async () => ({ default: (await import('./drawer.ts')).Drawer }));

/** A drawer that is loaded when it is first opened: where there is room, the views of the first load never do so. */
export function LazyDrawer(props: DrawerProps) {
  const wasOpen = useRef(false);
  wasOpen.current ||= props.open === true;
  return wasOpen.current ? (
    <Suspense>
      <Drawer {...props} />
    </Suspense>
  ) : null;
}
