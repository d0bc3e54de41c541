import { isAway, knock, refusals } from '../../console/connection.ts';
import { createStore } from '../../console/store.ts';
import type { Progress, Report } from './answer.ts';
import { type FormatName, guessFormat, HEAD_BYTES } from './formats.ts';
import { ImportError, type Problem } from './problem.ts';
import { type Answer, send } from './send.ts';

/** How a file is read. */
export interface Settings {
  format: FormatName;
  asOf: string;
}

/** The id of the last change set; null if there is none, undefined if nobody could say. */
export type LastChangeSet = string | null | undefined;

export interface Running {
  isDryRun: boolean;
  progress: Progress;
  /** The server drops what it is told to before it is written. */
  canStop: boolean;
}

export interface Preview {
  report: Report;
  settings: Settings;
  /** The last change set before it: whether something was changed since, can be told. */
  lastChangeSet: LastChangeSet;
}

/** The file that is being imported in this tab, and how far that is. */
export interface Job {
  file: File | undefined;
  guess: FormatName | undefined;
  reason: string;
  running: Running | undefined;
  preview: Preview | undefined;
  done: Answer | undefined;
  problem: Problem | undefined;
}

const NONE: Job = {
  file: undefined,
  guess: undefined,
  reason: '',
  running: undefined,
  preview: undefined,
  done: undefined,
  problem: undefined,
};

/** It lives outside of the view: who goes elsewhere in the console and comes back finds it as it is. */
export const job = createStore<Job>(NONE);

const patch = (change: Partial<Job>) => job.set({ ...job.get(), ...change });

let controller: AbortController | undefined;

/** Closing the tab would cut off what is being written, or leave unsaid how it ended. */
function guard(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** @param most what the server takes; while that isn't known, the server itself refuses what is larger */
export async function choose(file: File, most: number | undefined): Promise<void> {
  job.set({ ...NONE, file, reason: job.get().reason });
  if (file.size === 0) {
    patch({ problem: { kind: 'empty' } });
    return;
  }
  if (most !== undefined && file.size > most) {
    patch({ problem: { kind: 'tooLarge', most } });
    return;
  }
  try {
    const head = await file.slice(0, HEAD_BYTES).text();
    if (job.get().file === file) {
      patch({ guess: guessFormat(file.name, head) });
    }
  } catch {
    patch({ problem: { kind: 'unreadable' } });
  }
}

export const setReason = (reason: string) => patch({ reason });

/** Back to the choice of a file; the one that was chosen stays. */
export const changeSettings = () => patch({ preview: undefined, problem: undefined });

export const startOver = () => job.set(NONE);

export const stop = () => controller?.abort();

/** What is written whole is about to be there for good. */
function canStop({ stage, done, of }: Progress, isDryRun: boolean): boolean {
  return isDryRun || stage !== 'WRITING' || done == null || of == null || done < of;
}

async function run(settings: Settings, isDryRun: boolean): Promise<Answer | undefined> {
  const { file, reason } = job.get();
  if (!file) {
    return undefined;
  }
  const mine = new AbortController();
  controller = mine;
  const isMine = () => controller === mine;
  const onProgress = (progress: Progress) =>
    isMine() && patch({ running: { isDryRun, progress, canStop: canStop(progress, isDryRun) } });
  patch({ problem: undefined });
  onProgress({ stage: 'UPLOADING' });
  if (!isDryRun) {
    addEventListener('beforeunload', guard);
  }
  try {
    const answer = await send(
      { file, ...settings, reason, isDryRun },
      { signal: mine.signal, onProgress },
    );
    isAway.set(false);
    return isMine() ? answer : undefined;
  } catch (error) {
    if (!(error instanceof ImportError)) {
      throw error;
    }
    if (isMine()) {
      tell(error.problem);
    }
    return undefined;
  } finally {
    if (isMine()) {
      patch({ running: undefined });
      removeEventListener('beforeunload', guard);
    }
  }
}

/** What concerns all of the console is told to the shell, too. */
function tell(problem: Problem): void {
  patch({ problem });
  if (problem.kind === 'away' || problem.kind === 'lost') {
    void knock();
  }
  if (problem.kind === 'refused' && problem.status === 401) {
    refusals.set(refusals.get() + 1);
  }
}

/** Asks what the file would change. */
export async function preview(
  settings: Settings,
  findLast: () => Promise<LastChangeSet>,
): Promise<void> {
  patch({ preview: undefined });
  const last = findLast();
  const answer = await run(settings, true);
  if (answer) {
    patch({ preview: { report: answer.report, settings, lastChangeSet: await last } });
  }
}

/** Imports the file, as it was previewed. */
export async function accept({ settings, report }: Preview): Promise<void> {
  // The day of the preview: it may be another by now.
  const answer = await run({ ...settings, asOf: report.as_of }, false);
  if (answer) {
    patch({ done: answer, preview: undefined, reason: '' });
  }
}
