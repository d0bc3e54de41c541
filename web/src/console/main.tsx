import './console.css';
import './shell.css';
import './table.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';
import { startLanguage } from './i18n.ts';

const root = document.getElementById('console');
if (!root) {
  throw new Error('index.html has no element with the id "console"');
}

// The language's texts come before the first paint: nothing is shown twice.
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
