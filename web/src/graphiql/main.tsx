// GraphiQL's stylesheets one by one: its bundle of them, graphiql/style.css,
// repeats Monaco's and embeds two web fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './workers.ts';

import { GraphiQL } from 'graphiql';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { operationOf } from './address.ts';
import { fetcher } from './fetcher.ts';
import { openFirstSample, samples } from './samples.ts';
import { SystemTheme } from './system-theme.ts';

const root = document.getElementById('graphiql');
if (!root) {
  throw new Error('graphiql.html has no element with the id "graphiql"');
}

openFirstSample(localStorage);

// What the address brings opens in a tab of its own; taken from the address, it doesn't come back
// with a reload after it was edited.
const brought = operationOf(location.hash);
if (brought) {
  history.replaceState(history.state, '', location.pathname);
}

// A new tab starts empty: the samples are already open beside it.
createRoot(root).render(
  <StrictMode>
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={samples}
      defaultQuery=""
      {...(brought ? { initialQuery: brought.query, initialVariables: brought.variables } : {})}
    >
      <GraphiQL.Logo>Modelry</GraphiQL.Logo>
      <SystemTheme />
    </GraphiQL>
  </StrictMode>,
);
