import type { EndpointKey } from '@sandan/shared/api';
import { pathOf, request, type ReplyFrom, type Sent, type SentTo } from './endpoints';
import { NotAllowed, type PickedFile } from './platform/device';
import { platform } from './platform/platform';
import { saveFile } from './platform/save-file';
import { askSecondFactor, wantsSecondFactor } from './second-factor';
import { queryString } from './query-string';
import { isOver, renewToken, tokenNow } from './session';
import { ApiProblem, settle } from './answer';
import { apiAddress, apiHeaders } from './transport';

/**
 * Runs `work` with the token; when the server no longer knows it, signs in again and runs it once more. Where it wants a
 * second factor, asks for that and then runs it once more.
 */
async function signedIn<T>(work: (token: string | null) => Promise<T>): Promise<T> {
  const token = tokenNow();
  try {
    return await work(token);
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'app.too-old') platform.renewApp();
    if (wantsSecondFactor(error)) {
      if (!(await askSecondFactor(error))) throw error;
      return work(tokenNow());
    }
    if (!isOver(error) || token === null) throw error;
    return work(await renewToken(token));
  }
}

/**
 * Calls the server as the person signed in: `call('tasks.claim', { params: { taskId }, body: { actionId, promisedAt } })`.
 * Throws `ApiProblem` (said no, with a title to show) or `Offline`.
 */
export const call = <Key extends EndpointKey>(key: Key, ...sent: Sent<Key>): Promise<ReplyFrom<Key>> =>
  signedIn((token) => request(token, key, ...sent));

/** Sends a kept photo under its id; the same photo may be sent any number of times. `onProgress` counts to 100. */
export const uploadPhoto = (
  photoId: string,
  onProgress: (percent: number) => void,
): Promise<ReplyFrom<'photos.post'>> =>
  signedIn(async (token) => {
    const url = apiAddress(pathOf('photos.post', { photoId }));
    const answer = await platform.uploadPhoto(photoId, { url, headers: apiHeaders(token), onProgress });
    return settle(answer.status, answer.body, answer.headers) as ReplyFrom<'photos.post'>;
  });

/** Sends a kept voice under its id, like a photo. */
export const uploadVoice = (
  voiceId: string,
  onProgress: (percent: number) => void,
): Promise<ReplyFrom<'photos.postVoice'>> =>
  signedIn(async (token) => {
    if (!platform.voices) throw new NotAllowed('这里不能发录音，请写几句');
    const url = apiAddress(pathOf('photos.postVoice', { voiceId }));
    const answer = await platform.voices.upload(voiceId, { url, headers: apiHeaders(token), onProgress });
    return settle(answer.status, answer.body, answer.headers) as ReplyFrom<'photos.postVoice'>;
  });

/** Sends a picked sheet of commitments to be checked, under an id of the caller's. */
export const uploadSheet = (
  params: { roundId: string; importId: string },
  file: PickedFile,
  onProgress: (percent: number) => void,
): Promise<ReplyFrom<'imports.check'>> =>
  signedIn(async (token) => {
    const url = apiAddress(pathOf('imports.check', params));
    const answer = await file.send({ url, headers: apiHeaders(token), onProgress });
    return settle(answer.status, answer.body, answer.headers) as ReplyFrom<'imports.check'>;
  });

/** Sends a picked roster to be checked, under an id of the caller's; the check itself goes on behind. */
export const uploadRoster = (
  params: SentTo<'rosters.upload'>['params'],
  query: SentTo<'rosters.upload'>['query'],
  file: PickedFile,
  onProgress: (percent: number) => void,
): Promise<ReplyFrom<'rosters.upload'>> =>
  signedIn(async (token) => {
    const url = apiAddress(pathOf('rosters.upload', params) + queryString(query));
    const answer = await file.send({ url, headers: apiHeaders(token), onProgress });
    return settle(answer.status, answer.body, answer.headers) as ReplyFrom<'rosters.upload'>;
  });

/** Fetches a file as the person signed in and hands it to him under that name. */
export const download = (key: EndpointKey, params: Readonly<Record<string, string>>, name: string): Promise<void> =>
  signedIn((token) => saveFile({ url: apiAddress(pathOf(key, params)), headers: apiHeaders(token), name }));
