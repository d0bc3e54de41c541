import { createClient } from 'graphql-ws';
import { refusals } from '../connection.ts';
import { liveState } from './state.ts';

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const LONGEST_WAIT_MS = 5_000;
/** The server says so of a session that has ended. */
const FORBIDDEN = 4403;

const closeCode = (event: unknown): number | undefined =>
  typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number'
    ? event.code
    : undefined;

/** Waits before connecting anew, but no longer than until the network is back. */
function pause(retries: number): Promise<void> {
  const most = Math.min(LONGEST_WAIT_MS, 250 * 2 ** retries);
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    // Not all consoles of a server that was away come back in the same moment.
    const timer = setTimeout(go, most * (0.5 + Math.random() / 2));
    addEventListener('online', go);
  });
}

/** One socket for all that this page follows; it is open as long as anything is followed. */
function openSocket() {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = createClient({
    url: url.href,
    lazyCloseTimeout: 2_000,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: pause,
    shouldRetry: (event) => closeCode(event) !== FORBIDDEN,
    on: {
      connecting: (isRetry) => liveState.set(isRetry ? 'lost' : 'connecting'),
      connected: () => liveState.set('live'),
      closed: (event) => {
        clearTimeout(pongTimer);
        const code = closeCode(event);
        if (code === FORBIDDEN) {
          liveState.set('refused');
          refusals.set(refusals.get() + 1);
        } else {
          liveState.set(code === 1000 ? 'off' : 'lost');
        }
      },
      // A network that went away says nothing: whoever doesn't answer is given up.
      ping: (isReceived) => {
        if (!isReceived) {
          pongTimer = setTimeout(() => socket.terminate(), PONG_WITHIN_MS);
        }
      },
      pong: (isReceived) => {
        if (isReceived) {
          clearTimeout(pongTimer);
        }
      },
    },
  });
  addEventListener('offline', () => socket.terminate());
  return socket;
}

export const socket = openSocket();
