import { startChildQueue, type QueueOptions } from '../children/child-queue';
import type { DocumentTask } from './document-worker';
import type { Paper } from './paper';
import type { Posters } from './poster';

/** Makes PDFs and workbooks in a child process, like photos (decisions.md §4.3). */
export interface Documents {
  /** The bytes of the file. Throws `paper.busy` when too many wait, `paper.failed` when it cannot be made (both 503). */
  make(kind: 'pdf' | 'xlsx', paper: Paper): Promise<Buffer>;
  /** Codes to be hung up, as a PDF; the same troubles. */
  makePosters(posters: Posters): Promise<Buffer>;
  /** The child's process id; undefined until the first paper and after a crash. */
  pid(): number | undefined;
  /** Ends the child; what is under way or waiting fails with `paper.busy`. */
  close(): Promise<void>;
}

/** The child is started by the first paper. One at a time: it is arithmetic, and would only take longer together. */
export function startDocuments(options: QueueOptions = {}): Documents {
  const { run, pid, close } = startChildQueue<DocumentTask, Uint8Array>({
    ...{ jobsPerChild: 100, longestQueue: 16, timeLimitMs: 30_000, idleLimitMs: 60_000, onIncident: () => undefined },
    ...options,
    entry: new URL('./document-worker', import.meta.url),
    atOnce: 1,
    busy: 'paper.busy',
    broken: () => 'paper.failed',
  });
  return {
    make: async (kind, paper) => Buffer.from(await run({ kind, paper })),
    makePosters: async (posters) => Buffer.from(await run({ kind: 'posters', posters })),
    pid,
    close,
  };
}
