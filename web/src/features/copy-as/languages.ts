import { curl } from './curl.ts';
import { python } from './python.ts';
import type { Request } from './request.ts';
import { rust } from './rust.ts';
import { typescript } from './typescript.ts';

/** What a request can be written in, by what the language is called everywhere. */
export const LANGUAGES = {
  curl,
  TypeScript: typescript,
  Python: python,
  Rust: rust,
} as const satisfies Record<string, (request: Request) => string>;

export type Language = keyof typeof LANGUAGES;
