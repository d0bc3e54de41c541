import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type CombinedError, useQuery } from 'urql';
import type { ViewerQuery } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';
import { useAsOf } from './as-of/as-of-context.ts';
import { codesOf, refusals } from './connection.ts';
import { useStore } from './store.ts';

const ViewerDocument = graphql(`
  query Viewer {
    viewer {
      name
      role
      scopes
      isAnonymous
    }
  }
`);

export type Viewer = ViewerQuery['viewer'];

interface Session {
  /** Who asks; undefined as long as that isn't known. */
  viewer: Viewer | undefined;
  /** Nobody may come in here without signing in. */
  isShut: boolean;
  /** Somebody was signed in on this page, and no longer is. */
  hasEnded: boolean;
  /** Whether what is shown can be changed: by who may, and never in the past. */
  mayWrite: boolean;
  error: CombinedError | undefined;
  /** Goes up whenever somebody else, or somebody again, is signed in. */
  epoch: number;
  check(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  const moment = useAsOf();
  if (!session) {
    throw new Error('there is no SessionProvider above');
  }
  return useMemo(
    () => (moment === undefined ? session : { ...session, mayWrite: false }),
    [session, moment],
  );
}

export function mayWrite(viewer: Viewer | undefined): boolean {
  const { role, scopes } = viewer ?? {};
  return (role === 'EDITOR' || role === 'ADMIN') && (!scopes || scopes.includes('CATALOGUE_WRITE'));
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [{ data, error }, ask] = useQuery({
    query: ViewerDocument,
    requestPolicy: 'network-only',
  });
  const refused = useStore(refusals);
  const isRefused = error !== undefined && codesOf(error).includes('UNAUTHENTICATED');
  const viewer = isRefused ? undefined : data?.viewer;
  const name = viewer?.name;
  const isKnown = viewer !== undefined && !viewer.isAnonymous;
  const [wasKnown, setWasKnown] = useState(false);
  const [epoch, setEpoch] = useState(0);
  const lastName = useRef<string>(undefined);

  useEffect(() => {
    if (isKnown) {
      setWasKnown(true);
    }
    if (name !== undefined && name !== lastName.current) {
      lastName.current = name;
      setEpoch((before) => before + 1);
    }
  }, [isKnown, name]);

  // The answer that refused may have been to anything; ask who we are.
  useEffect(() => {
    if (refused > 0 && isKnown) {
      ask({ requestPolicy: 'network-only' });
    }
  }, [refused, isKnown, ask]);

  // Who signs in in another tab comes back to this one.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') {
        ask({ requestPolicy: 'network-only' });
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [ask]);

  const session = useMemo(
    () => ({
      viewer,
      isShut: isRefused && !wasKnown,
      hasEnded: wasKnown && !isKnown && (isRefused || viewer !== undefined),
      mayWrite: mayWrite(viewer),
      error,
      epoch,
      check: () => ask({ requestPolicy: 'network-only' }),
    }),
    [viewer, isRefused, wasKnown, isKnown, error, epoch, ask],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}
