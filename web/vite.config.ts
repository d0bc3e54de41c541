import { defineConfig } from 'vitest/config';
import { inlineDocuments } from './inline-documents.ts';

const target = process.env.MODELRY_URL ?? 'http://127.0.0.1:8321';

/** What nearly every list shows, and the icons of its buttons. */
const LISTS =
  /(clear-icon|cursor-pager|data-table|loading|marks|search-field|show-query|use-narrow|why-read-only|(Plus|Search|Download|Left|Right)Outlined)\.(tsx?|js)$/;

export default defineConfig({
  plugins: [inlineDocuments()],
  build: {
    // Files instead of data: URLs, so that every asset is cached by its hash.
    assetsInlineLimit: 0,
    // Monaco is one chunk of nearly this size, which GraphiQL loads lazily.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every view needs is one chunk: in many small ones, each compressed by itself, the
          // first load would be 4 % larger.
          // What nearly every list is made of is another, for the same reason.
          groups: [
            { name: 'initial', tags: ['$initial'], priority: 2 },
            { name: 'lists', test: LISTS, priority: 1 },
          ],
        },
      },
      // "use client" in GraphiQL's dependencies means nothing in a browser bundle.
      checks: { moduleLevelDirective: false },
    },
  },
  optimizeDeps: {
    // The development server prepares what the page imports, but not what only
    // Monaco's GraphQL worker does, and that is partly CommonJS.
    include: [
      'graphql',
      'monaco-graphql > graphql-language-service',
      'monaco-graphql > picomatch-browser',
    ],
  },
  server: {
    // What the pages ask the server for, and its own pages to sign in and out.
    proxy: {
      '/graphql': { target, ws: true },
      '/catalogue': target,
      '/login': target,
      '/logout': target,
      '/readyz': target,
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
  },
});
