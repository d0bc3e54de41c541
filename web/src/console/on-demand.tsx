import { CatchBoundary } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect } from 'react';
import { BrokenView } from './broken-view.tsx';
import { isMissing, lookForServer } from './parts.ts';

/** Around a dialog that is loaded when it is first asked for. Where it can't be had, what is below it stays. */
export function OnDemand({ onMissing, children }: { onMissing: () => void; children: ReactNode }) {
  return (
    <CatchBoundary
      getResetKey={() => ''}
      errorComponent={({ error, reset }) =>
        isMissing(error) ? (
          <Missing onMissing={onMissing} />
        ) : (
          <BrokenView error={error} reset={reset} />
        )
      }
    >
      <Suspense>{children}</Suspense>
    </CatchBoundary>
  );
}

/** The banners say why. */
function Missing({ onMissing }: { onMissing: () => void }) {
  useEffect(() => {
    onMissing();
    void lookForServer();
  }, [onMissing]);
  return null;
}
