import { answerJobs } from '../children/answer-jobs';
import { readSheet, type SheetRow } from '../spreadsheets/read-sheet';
import { decodePhoto, prepareSharp, type DecodedPhoto } from './decode-photo';
import { checkVoice, type CheckedVoice } from './voice';

/**
 * The entry of the photo child: strangers' photos, recordings and spreadsheets are opened here, so that a bomb or a
 * poisoned file takes this process and not the service (decisions.md §4.3). The parent's side is decoder.ts.
 */
export type Upload =
  | { readonly kind: 'photo' | 'voice'; readonly path: string }
  | { readonly kind: 'sheet'; readonly path: string; readonly maxRows: number };
export type Opened = DecodedPhoto | CheckedVoice | readonly SheetRow[];

prepareSharp();
answerJobs<Upload, Opened>((upload) => {
  if (upload.kind === 'sheet') return readSheet(upload.path, upload.maxRows);
  return upload.kind === 'photo' ? decodePhoto(upload.path) : checkVoice(upload.path);
});
