import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';

/**
 * GraphiQL asks for the system's theme once, as its editors open. This lets
 * them follow when it changes, unless the visitor chose a theme (not null).
 */
export function SystemTheme() {
  const theme = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();

  useEffect(() => {
    if (theme !== null) {
      return;
    }
    const darkScheme = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(null);
    darkScheme.addEventListener('change', follow);
    return () => darkScheme.removeEventListener('change', follow);
  }, [theme, setTheme]);

  return null;
}
