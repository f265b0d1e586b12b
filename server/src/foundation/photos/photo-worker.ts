import { answerJobs } from '../children/answer-jobs';
import { decodePhoto, prepareSharp, type DecodedPhoto } from './decode-photo';
import { checkVoice, type CheckedVoice } from './voice';

/**
 * The entry of the photo child: strangers' photos and recordings are opened here, so that a bomb or a poisoned file
 * takes this process and not the service (decisions.md §4.3). The parent's side is decoder.ts.
 */
export interface Upload {
  readonly kind: 'photo' | 'voice';
  readonly path: string;
}
export type Opened = DecodedPhoto | CheckedVoice;

prepareSharp();
answerJobs<Upload, Opened>(({ kind, path }) => (kind === 'photo' ? decodePhoto(path) : checkVoice(path)));
