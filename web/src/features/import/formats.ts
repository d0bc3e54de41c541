/** The formats of files that the server reads, as it calls them. */
export const FORMATS = ['models-dev', 'litellm', 'openrouter', 'modelry'] as const;
export type FormatName = (typeof FORMATS)[number];

/** How much of a file is looked at to tell its format. */
export const HEAD_BYTES = 65_536;

/** What stands near the start of a file of each format and of no other, the surest first. */
const MARKS: [RegExp, FormatName][] = [
  [/^\s*\{\s*"format"\s*:\s*"modelry"/, 'modelry'],
  [/"litellm_provider"\s*:/, 'litellm'],
  [/^\s*\{\s*"data"\s*:\s*\[/, 'openrouter'],
  [/"models"\s*:\s*\{/, 'models-dev'],
];

const NAMES: [RegExp, FormatName][] = [
  [/\.(jsonl|ndjson)$/i, 'modelry'],
  [/litellm|model_prices/i, 'litellm'],
  [/openrouter/i, 'openrouter'],
  [/models[-_.]?dev|^api\b.*\.json$/i, 'models-dev'],
];

/** What a file most likely is, by its first bytes or else by its name; undefined if neither tells. */
export function guessFormat(name: string, head: string): FormatName | undefined {
  const text = head.replace(/^\ufeff/, '');
  const found =
    MARKS.find(([mark]) => mark.test(text)) ?? NAMES.find(([pattern]) => pattern.test(name));
  return found?.[1];
}
