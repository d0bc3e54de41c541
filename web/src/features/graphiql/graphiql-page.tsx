// GraphiQL's stylesheets one by one: its bundle of them, graphiql/style.css,
// repeats Monaco's and embeds two web fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './graphiql.css';
import './workers.ts';

import { useLocation, useNavigate } from '@tanstack/react-router';
import { GraphiQL } from 'graphiql';
import { useEffect, useRef, useState } from 'react';
import { usePageTitle } from '../../console/states.tsx';
import { useShownTheme } from '../../console/theme.tsx';
import { operationOf } from './address.ts';
import { fetcher } from './fetcher.ts';
import { openFirstSample, samples } from './samples.ts';
import { Tools } from './tools.tsx';

/** What the address brings; `number` tells one from the next. */
function useBrought() {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  // The router decodes what it reads once too often for what is a query string itself.
  const [brought, setBrought] = useState(() => ({
    number: 0,
    operation: operationOf(location.hash),
  }));
  const taken = useRef(hash);
  useEffect(() => {
    if (hash !== '' && hash !== taken.current) {
      const operation = operationOf(location.hash);
      setBrought(({ number }) => ({ number: number + 1, operation }));
    }
    taken.current = hash;
    if (hash !== '') {
      // Taken from the address, it doesn't come back with a reload after it was edited.
      void navigate({ to: '/graphiql', hash: '', replace: true });
    }
  }, [hash, navigate]);
  return brought;
}

export function GraphiqlPage() {
  const theme = useShownTheme();
  const { number, operation } = useBrought();
  const [bar, setBar] = useState<HTMLElement | null>(null);
  usePageTitle('GraphiQL');
  useState(() => openFirstSample(localStorage));

  // What the address brings opens in a tab of its own. A new tab starts empty: the samples are
  // already open beside it.
  return (
    <div className="graphiql">
      <div className="graphiql-bar">
        <h1>GraphiQL</h1>
        <div ref={setBar} className="graphiql-bar-tools" />
      </div>
      <div className="graphiql-place" lang="en">
        <GraphiQL
          key={number}
          fetcher={fetcher}
          defaultTabs={samples}
          defaultQuery=""
          defaultTheme={theme}
          forcedTheme={theme}
          {...(operation
            ? { initialQuery: operation.query, initialVariables: operation.variables }
            : {})}
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
          <Tools bar={bar} />
        </GraphiQL>
      </div>
    </div>
  );
}
