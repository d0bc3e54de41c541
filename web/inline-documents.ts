import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const GENERATED = 'src/gql/graphql.ts';

const EXPORTED =
  /^export const (\w+(?:Document|FragmentDoc)) = (\{.*\}) as unknown as DocumentNode</gm;
const CALL = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g;
const NAME = /^\s*(query|mutation|subscription|fragment)\s+(\w)(\w*)/;

/**
 * Writes each generated document where `graphql()` asks for it. As generated, the documents of all
 * views are found by their text in one map, which the first load would have to bring along.
 */
export function inlineDocuments(): Plugin {
  const documents = new Map<string, string>();
  return {
    name: 'inline-documents',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      for (const [, name = '', text = ''] of readFileSync(GENERATED, 'utf8').matchAll(EXPORTED)) {
        documents.set(name, text);
      }
    },
    transform: {
      filter: { id: /\/src\/(console|features)\/.*\.tsx?$/, code: 'graphql(`' },
      handler(code) {
        const written = code.replace(CALL, (call, source: string) => {
          const [, kind, first = '', rest = ''] = NAME.exec(source) ?? [];
          const name = `${first.toUpperCase()}${rest}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`;
          const document = documents.get(name);
          return document ? `(${document})` : this.error(`${name} is not in ${GENERATED}: ${call}`);
        });
        return { code: written, map: null };
      },
    },
  };
}
