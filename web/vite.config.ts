import { defineConfig } from 'vitest/config';
import { inlineDocuments } from './inline-documents.ts';

const target = process.env.MODELRY_URL ?? 'http://127.0.0.1:8321';

export default defineConfig({
  plugins: [inlineDocuments()],
  build: {
    // Files instead of data: URLs, so that every asset is cached by its hash.
    assetsInlineLimit: 0,
    // Monaco is one chunk of nearly this size, which GraphiQL loads lazily.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: { console: 'index.html', graphiql: 'graphiql.html' },
      // "use client" in GraphiQL's dependencies means nothing in a browser bundle.
      checks: { moduleLevelDirective: false },
      output: {
        codeSplitting: {
          groups: [
            // What GraphiQL's page needs, too.
            {
              name: 'react',
              priority: 2,
              test: /node_modules\/(react|react-dom|scheduler|clsx)\/|vite\/preload-helper/,
            },
            // What most of the console's views share is one file instead of dozens, which compress worse.
            {
              name: 'base',
              priority: 1,
              minShareCount: 5,
              test: /\/src\/(console|gql)\/(?!locales)|node_modules\/(@?urql|wonka|@0no-co|@tanstack|valibot|i18next|react-i18next|antd|@ant-design|@rc-component)\//,
            },
          ],
        },
      },
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
      '/login': target,
      '/logout': target,
      '/readyz': target,
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
  },
});
