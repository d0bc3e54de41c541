import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { enViews } from './en-views.ts';

const ROOT = join(import.meta.dirname, '../..');

/** All that is written in the console's code, but for the texts themselves. */
const code = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^gql\/|locales\//.test(path))
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .join('\n');

const literals = new Set([...code.matchAll(/['"]([\w.]+)['"]/g)].map(([, text]) => text));

/** Keys with a part that is found out while it runs: `stages.${stage}`. */
const patterns = [...code.matchAll(/`(\w+\.(?:[\w.]|\$\{[^`}]*\})*)`/g)].map(
  ([, text = '']) =>
    new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+')}$`),
);

const keysOf = (texts: object, path = ''): string[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string'
      ? [`${path}${name.replace(/_(one|other)$/, '')}`]
      : keysOf(text, `${path}${name}.`),
  );

test('somebody uses each text', () => {
  const isUsed = (key: string) => literals.has(key) || patterns.some((each) => each.test(key));
  const unused = keysOf({ ...en, ...enViews }).filter((key) => !isUsed(key));
  expect(unused).toEqual([]);
});
