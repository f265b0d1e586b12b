import { create } from 'zustand';
import type { EndpointKey } from '@sandan/shared/api';
import { call, uploadPhoto, uploadVoice } from './client';
import { restoreDraft } from './draft';
import type { Sent, SentTo } from './endpoints';
import { platform } from './platform/platform';
import { queries } from './query';
import { outcomeOf } from './send-outcome';
import * as queue from './send-queue';
import type { Job, Outcome, Step } from './send-queue';
import { personNow, useSession } from './session';
import { readStored, writeStored } from './storage';
import { ApiProblem } from './answer';

const storedAs = 'send-queue.1';

interface SendQueue {
  readonly jobs: readonly Job[];
  /** The step under way and, for a photo or voice, how much of it has gone (0–100). */
  readonly sending: { readonly step: Step; readonly percent: number } | null;
}

export const useSendQueue = create<SendQueue>(() => ({ jobs: stored(), sending: null }));

function stored(): readonly Job[] {
  // What an older build has kept knows nothing of `heldUntil`.
  return (readStored<readonly Job[]>(storedAs) ?? []).map((job) => ({ ...job, heldUntil: job.heldUntil ?? 0 }));
}

/** Storage is the truth, so that a killed app, or a second browser tab, goes on from the last step that ended. */
function change(next: (jobs: readonly Job[]) => readonly Job[]): void {
  const jobs = next(stored());
  writeStored(storedAs, jobs);
  useSendQueue.setState({ jobs });
}

async function take(step: Step): Promise<Outcome> {
  const show = (percent: number) => useSendQueue.setState({ sending: { step, percent } });
  show(0);
  try {
    if (step.kind === 'photo') await uploadPhoto(step.photoId, show);
    else if (step.kind === 'voice') await uploadVoice(step.voiceId, show);
    else await call(step.job.key as EndpointKey, ...([step.job.sent] as unknown as Sent<EndpointKey>));
    return { kind: 'done' };
  } catch (error) {
    return outcomeOf(error);
  } finally {
    useSendQueue.setState({ sending: null });
  }
}

/** So long a form may stand that says it is sent, with its pictures. */
const closingMs = 1_000;

/**
 * Nobody waits for it: whoever sent is told as soon as the server has it, however long the screens take to read it anew.
 * The files go last: until then one of them may still be showing a picture of them.
 */
async function afterwards(job: Job): Promise<void> {
  const closed = new Promise((resolve) => setTimeout(resolve, closingMs));
  await Promise.all([queries.invalidateQueries(), closed]);
  await dropFiles(job);
}

/** What was photographed and said for something, once nobody needs it here any more. */
export async function dropFiles({ photoIds, voiceId }: Pick<Job, 'photoIds' | 'voiceId'>): Promise<void> {
  await Promise.all(photoIds.map((photoId) => platform.dropPhoto(photoId)));
  if (voiceId) await platform.voices?.drop(voiceId);
}

/** What somebody has not sent yet, for whoever must say that it goes. */
export const unsentBy = (personId: string): readonly Job[] => stored().filter((job) => job.personId === personId);

/** The words of what somebody has not sent; the photos and voices beside them go with `dropFilesBut`. */
export const dropUnsentBy = (personId: string): void => change((all) => all.filter((job) => job.personId !== personId));

/** Photos and voices that somebody's unsent words still need. */
export const filesUnsent = (): ReadonlySet<string> =>
  new Set(stored().flatMap(({ photoIds, voiceId }) => (voiceId === null ? photoIds : [...photoIds, voiceId])));

let running: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;

/** The one runner: takes steps until there is nothing to do now, then sets the timer for the next pause's end. */
function run(): Promise<void> {
  running ??= steps().finally(() => {
    running = null;
    sleep();
  });
  return running;
}

async function steps(): Promise<void> {
  for (let step = next(); step; step = next()) {
    const outcome = await take(step);
    const taken = step;
    change((jobs) => queue.afterStep(jobs, taken, outcome, Date.now()));
    if (outcome.kind === 'done' && step.kind === 'words') void afterwards(step.job);
  }
}

const next = (): Step | null => queue.nextStep(stored(), personNow(), Date.now());

function sleep(): void {
  if (timer) clearTimeout(timer);
  const at = queue.wakeAt(stored(), personNow());
  timer = at === null ? null : setTimeout(() => void run(), Math.max(0, at - Date.now()));
}

/** Something may have changed for the better: the network, the person, the app in front. */
export function wakeQueue(): void {
  change(queue.hurry);
  void run();
}

/** Called once, at the start. */
export function startQueue(): void {
  platform.onNetworkChange((online) => {
    if (online) wakeQueue();
  });
  useSession.subscribe((now, before) => {
    if (now.kept?.token !== before.kept?.token) wakeQueue();
  });
  wakeQueue();
}

export interface Submission<Key extends EndpointKey> {
  /** Made when the draft was begun, so that the same draft is the same order however often it is sent. */
  readonly id: string;
  readonly key: Key;
  readonly sent: SentTo<Key>;
  readonly photoIds: readonly string[];
  readonly voiceId?: string | null;
  /** What the bar calls it. */
  readonly title: string;
  /** The form (as for `useDraft`) and its fields, to be put back there when the server refuses. */
  readonly form: string;
  readonly fields: object;
}

/**
 * Puts an order or report into the queue and starts sending. Answers as soon as it is known how it stands:
 * `sent`, `refused` (the job says why) or `waiting` (no network; it goes by itself).
 */
export async function submit<Key extends EndpointKey>(submission: Submission<Key>): Promise<Job['state']> {
  const personId = personNow();
  if (personId === null) throw new ApiProblem(401, 'session.missing', '请先登录');
  change((jobs) => queue.add(jobs, { ...submission, personId }));
  await run();
  return stored().find((job) => job.id === submission.id)?.state ?? 'sent';
}

export function sendAgain(id: string): void {
  change((jobs) => queue.tryAgain(jobs, id));
  void run();
}

/** It has been seen, and goes from the bar. */
export const takeOutOfQueue = (id: string): void => change((jobs) => queue.takeOut(jobs, id));

/**
 * Puts a refused job back into its form, under its own id and with its photos. False, and nothing done, when something
 * else was begun there in the meantime: nothing that was typed is lost.
 */
export function takeBack(job: Job): boolean {
  if (!restoreDraft(job.form, { id: job.id, fields: job.fields })) return false;
  takeOutOfQueue(job.id);
  return true;
}
