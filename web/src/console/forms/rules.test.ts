import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import {
  type Check,
  categoryName,
  currency,
  day,
  display,
  freeName,
  partialDate,
  picture,
  prose,
  slug,
  snakeCase,
  url,
  urlPath,
  versionLabel,
} from './rules.ts';

const t = ((key: string) => key) as unknown as TFunction;

// The server's own tests have these.
const cases: [Check, good: string[], bad: string[]][] = [
  [
    slug,
    ['openai', '01-ai', 'vertex_ai-language-models', 'a.b:c/d@e-f'],
    ['OpenAI', '-x', '_x', '深度求索', 'a b', 'x'.repeat(101)],
  ],
  [categoryName, ['chat'], ['llm/chat']],
  [snakeCase, ['context_window'], ['context-window', '1a', 'Top P']],
  [
    freeName,
    ['gpt-4o', '@cf/meta/llama-3.1-8b-instruct', 'NousResearch 2/Hermes', '文心一言'],
    [' x', 'x\n', 'a\0b', 'x'.repeat(201), '字'.repeat(67)],
  ],
  [versionLabel, ['2025-06 文', 'v1'], [' x', 'x'.repeat(101), 'a\nb']],
  [
    url,
    ['https://api.openai.com/v1', 'HTTP://localhost:11434'],
    ['https://', 'javascript:alert(1)', 'ftp://x', 'https://a b', '//x'],
  ],
  [urlPath, ['/v1', 'v1'], ['//host', 'a:b/c', '/a b']],
  [
    picture,
    ['/logos/openai.svg', 'https://example.org/x.svg'],
    ['javascript:alert(1)', 'data:image/svg+xml,x', '//host/x'],
  ],
  [currency, ['CNY'], ['usd', 'US']],
  [display, ['通义千问', 'x'.repeat(200)], [' ', 'a\nb', 'x'.repeat(201)]],
  [prose, ['字'.repeat(10_000), 'a\nb', '😀'.repeat(10_000)], ['x'.repeat(10_001), 'a\0']],
  [
    partialDate,
    ['2025', '2025-06', '2024-02-29'],
    ['25', '2025-6', '2025-13', '2025-02-30', '2025-06-31', '2025/06/30', '20250630', 'June 2025'],
  ],
  [day, ['2024-02-29'], ['2024', '2024-02', '2023-02-29', '2024-2-1']],
];

test('what the server takes is taken, and what it refuses is refused before', () => {
  for (const [check, good, bad] of cases) {
    for (const text of good) {
      expect([text, check(text, t)]).toEqual([text, undefined]);
    }
    for (const text of bad) {
      expect([text, check(text, t)]).toEqual([text, expect.stringMatching(/^forms\.rules\./)]);
    }
  }
});
