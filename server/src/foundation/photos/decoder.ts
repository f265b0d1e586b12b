import { startChildQueue, type QueueOptions } from '../children/child-queue';
import type { SheetRow } from '../spreadsheets/read-sheet';
import type { DecodedPhoto } from './decode-photo';
import type { Opened, Upload } from './photo-worker';
import type { CheckedVoice } from './voice';

/** Opens photos, recordings and spreadsheets in a child process (decisions.md §4.3). */
export interface PhotoDecoder {
  /** Throws the problems of `decodePhoto`; `photo.busy` when too many wait. */
  decode(path: string): Promise<DecodedPhoto>;
  /** Throws the problems of `checkVoice`; `photo.busy` when too many wait. */
  checkVoice(path: string): Promise<CheckedVoice>;
  /** The first sheet as texts. Throws the problems of `readSheet`; `photo.busy` when too many wait. */
  readSheet(path: string, maxRows: number): Promise<readonly SheetRow[]>;
  /** The child's process id; undefined until the first job and after a crash. */
  pid(): number | undefined;
  /** Ends the child; what is under way or waiting fails with `photo.busy`. */
  close(): Promise<void>;
}

/** The child is started by the first job. */
export function startPhotoDecoder(options: QueueOptions = {}): PhotoDecoder {
  const { run, pid, close } = startChildQueue<Upload, Opened>({
    ...{ jobsPerChild: 200, longestQueue: 64, timeLimitMs: 20_000, idleLimitMs: Infinity, onIncident: () => undefined },
    ...options,
    entry: new URL('./photo-worker', import.meta.url),
    atOnce: 2,
    busy: 'photo.busy',
    broken: ({ kind }) => `${kind}.broken`,
  });
  return {
    decode: (path) => run({ kind: 'photo', path }) as Promise<DecodedPhoto>,
    checkVoice: (path) => run({ kind: 'voice', path }) as Promise<CheckedVoice>,
    readSheet: (path, maxRows) => run({ kind: 'sheet', path, maxRows }) as Promise<readonly SheetRow[]>,
    pid,
    close,
  };
}
