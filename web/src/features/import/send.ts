import { createLineReader, type Progress, type Report, readLine, readRefusal } from './answer.ts';
import type { FormatName } from './formats.ts';
import { ImportError, type Problem } from './problem.ts';

/** As many changed records as the server names at most. */
const MOST_CHANGES = 10_000;

export interface Order {
  file: File;
  format: FormatName;
  asOf: string;
  reason: string;
  isDryRun: boolean;
}

export interface Answer {
  report: Report;
  changeSetId: string | null;
}

function addressOf({ file, format, asOf, reason, isDryRun }: Order): string {
  const params = new URLSearchParams({
    format,
    dryRun: String(isDryRun),
    asOf,
    changes: String(MOST_CHANGES),
    name: file.name,
  });
  if (reason.trim() !== '') {
    params.set('reason', reason.trim());
  }
  return `/catalogue?${params}`;
}

/** A file that was changed on the disk since it was chosen can't be read any more. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function refusalOf(request: XMLHttpRequest): Problem {
  const refusal = readRefusal(request.responseText);
  if (!refusal) {
    return { kind: 'away' };
  }
  const seconds = Number(request.getResponseHeader('retry-after'));
  return {
    kind: 'refused',
    status: request.status,
    ...refusal,
    ...(seconds > 0 ? { retryAfter: seconds } : {}),
  };
}

/**
 * Sends a file, straight from the disk, and follows what the server does with it. This is the one
 * request that `fetch` can't make: it doesn't tell how much was sent.
 */
export function send(
  order: Order,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
): Promise<Answer> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const fail = (problem: Problem) => reject(new ImportError(problem));
    const request = new XMLHttpRequest();
    const linesOf = createLineReader();
    let isSent = false;
    let end: Answer | Problem | undefined;

    const read = (isEnd: boolean) => {
      if (request.status !== 200) {
        return;
      }
      for (const text of linesOf(request.responseText, isEnd)) {
        const line = readLine(text);
        if (line && 'progress' in line) {
          onProgress(line.progress);
        } else if (line && 'report' in line) {
          end = line;
        } else if (line) {
          end = { kind: 'fault', ...line.error };
        }
      }
    };

    request.upload.onprogress = ({ loaded, total }) => {
      isSent = loaded >= total;
      onProgress({ stage: 'UPLOADING', done: loaded, of: total });
    };
    request.upload.onload = () => {
      isSent = true;
      onProgress({ stage: 'READING' });
    };
    request.onprogress = () => read(false);
    request.onabort = () => fail({ kind: isSent && !order.isDryRun ? 'stopped' : 'cancelled' });
    request.onerror = async () => {
      read(true);
      if (end && 'report' in end) {
        resolve(end);
      } else if (isSent) {
        fail(end ?? { kind: 'lost' });
      } else {
        fail((await isReadable(order.file)) ? { kind: 'away' } : { kind: 'unreadable' });
      }
    };
    request.onload = () => {
      read(true);
      if (request.status !== 200) {
        fail(refusalOf(request));
      } else if (end && 'report' in end) {
        resolve(end);
      } else {
        fail(end ?? { kind: 'lost' });
      }
    };

    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', addressOf(order));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(order.file);
  });
}
