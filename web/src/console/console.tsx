import { RouterProvider } from '@tanstack/react-router';
import { Provider } from 'urql';
import { client } from './client.ts';
import { router } from './router.tsx';
import { SessionProvider } from './session.tsx';
import { ThemeProvider } from './theme.tsx';

/** Everything around the views: data, session, looks, and the router that picks a view. */
export function Console() {
  return (
    <Provider value={client}>
      <ThemeProvider>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </ThemeProvider>
    </Provider>
  );
}
