import * as v from 'valibot';

export const STAGES = ['UPLOADING', 'READING', 'COMPARING', 'WRITING'] as const;
export type Stage = (typeof STAGES)[number];

/** What is counted apart, in the order in which it is shown. */
export const KINDS = [
  'suppliers',
  'models',
  'aliases',
  'parameters',
  'prices',
  'capability_links',
  'category_links',
  'capabilities',
  'categories',
] as const;
export type Kind = (typeof KINDS)[number];

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Counts = v.object({ created: Count, updated: Count, unchanged: Count, removed: Count });
export type Counts = v.InferOutput<typeof Counts>;

const Changed = v.object({
  /** A supplier's name, or supplier and model with a slash between them. */
  record: v.string(),
  fields: v.array(
    v.object({
      field: v.string(),
      before: v.nullable(v.string()),
      after: v.nullable(v.string()),
    }),
  ),
});
export type Changed = v.InferOutput<typeof Changed>;

const Report = v.object({
  source: v.string(),
  dry_run: v.boolean(),
  as_of: v.string(),
  changes_anything: v.boolean(),
  counts: v.record(v.picklist(KINDS), Counts),
  /** Fields of the file that the schema has no home for, and how often each occurred. */
  homeless: v.record(v.string(), Count),
  changed: v.array(Changed),
  more_changed: Count,
});
export type Report = v.InferOutput<typeof Report>;

const Progress = v.object({
  stage: v.picklist(STAGES),
  done: v.optional(v.nullable(Count)),
  of: v.optional(v.nullable(Count)),
});
export type Progress = v.InferOutput<typeof Progress>;

const Fault = v.object({
  code: v.string(),
  message: v.string(),
  line: v.optional(v.nullable(Count)),
  column: v.optional(v.nullable(Count)),
  path: v.optional(v.nullable(v.string())),
});
export type Fault = v.InferOutput<typeof Fault>;

const Line = v.union([
  v.object({ progress: Progress }),
  v.object({ report: Report, changeSetId: v.nullable(v.string()) }),
  v.object({ error: Fault }),
]);
export type Line = v.InferOutput<typeof Line>;

const Refusal = v.object({
  errors: v.pipe(
    v.array(
      v.object({
        message: v.string(),
        extensions: v.optional(v.object({ code: v.optional(v.string()) })),
      }),
    ),
    v.minLength(1),
  ),
});

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line of the server's answer; undefined for what is none. */
export function readLine(text: string): Line | undefined {
  const { success, output } = v.safeParse(Line, json(text));
  return success ? output : undefined;
}

/** Why the server refused before it began; undefined if it wasn't the server that answered. */
export function readRefusal(text: string): { code: string; message: string } | undefined {
  const { success, output } = v.safeParse(Refusal, json(text));
  const first = success ? output.errors[0] : undefined;
  return first && { code: first.extensions?.code ?? '', message: first.message };
}

/** Cuts a text that grows into its lines: each is given once, when it is whole. */
export function createLineReader(): (all: string, isEnd: boolean) => string[] {
  let read = 0;
  return (all, isEnd) => {
    const end = isEnd ? all.length : all.lastIndexOf('\n') + 1;
    const lines = all.slice(read, Math.max(read, end)).split('\n');
    read = Math.max(read, end);
    return lines.filter((line) => line.trim() !== '');
  };
}
