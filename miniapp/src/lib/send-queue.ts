/**
 * The queue of what was said on the phone and has not reached the server: an order or a report with its photos and voice.
 * Pure: every function takes the jobs as they are and answers them as they become. `send-queue-runner.ts` does the
 * sending, one step at a time; because every step carries ids made on the phone, a step may be repeated at will.
 *
 *   waiting ──▶ photo 3 of 5 ──▶ voice ──▶ order ──▶ sent
 *      ▲            │ no network, 5xx, too    │
 *      │            │ often (429): later      │
 *      └────────────┴─────────────────────────┤ 4xx
 *                                             ▼
 *                                          refused (stops and shows; the person mends it or takes it back)
 */

/** Why a job was refused, in words for the person. */
export interface Refusal {
  readonly code: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Job {
  /** Made by the caller; the id of the order or of the action, so that a second sending changes nothing. */
  readonly id: string;
  /** Only he sends it: somebody else may sign in on the same phone. */
  readonly personId: string;
  /** What it is, for the bar at the top: 路灯不亮 */
  readonly title: string;
  /** The endpoint and what is sent to it; opaque here. */
  readonly key: string;
  readonly sent: unknown;
  /** The form it came from and what stood in it, to be put back there when it is refused; opaque here. */
  readonly form: string;
  readonly fields: unknown;
  /** All its photos, and how many of them (from the front) are already there. */
  readonly photoIds: readonly string[];
  readonly photosSent: number;
  /** What was said instead of written, and whether it is already there. */
  readonly voiceId: string | null;
  readonly voiceSent: boolean;
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly refusal: Refusal | null;
  /** Failures in a row; a success starts again from none. */
  readonly failures: number;
  /** Epoch milliseconds before which nobody tries. */
  readonly notBefore: number;
  /** Epoch milliseconds until which the server asked to be left alone (Retry-After): nobody hurries past it. */
  readonly heldUntil: number;
}

export type NewJob = Pick<Job, 'id' | 'personId' | 'title' | 'key' | 'sent' | 'form' | 'fields' | 'photoIds'> & {
  readonly voiceId?: string | null;
};

export type Step =
  | {
      readonly kind: 'photo';
      readonly job: Job;
      readonly photoId: string;
      readonly number: number;
      readonly of: number;
    }
  | { readonly kind: 'voice'; readonly job: Job; readonly voiceId: string }
  | { readonly kind: 'words'; readonly job: Job };

/** How a step ended. `later`: no network, the server's own trouble, or too often; it may say how long to wait. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly retryAfterMs?: number | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const firstPauseMs = 3_000;
const longestPauseMs = 5 * 60_000;

/** 3 s, 6 s, 12 s … at most 5 minutes. */
export const pauseAfter = (failures: number): number => Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));

/** The same id is the same job: the frozen first version stays. */
export function add(jobs: readonly Job[], job: NewJob): readonly Job[] {
  if (jobs.some(({ id }) => id === job.id)) return jobs;
  const begun = {
    photosSent: 0,
    voiceSent: false,
    state: 'waiting',
    refusal: null,
    failures: 0,
    notBefore: 0,
    heldUntil: 0,
  } as const;
  return [...jobs, { ...job, voiceId: job.voiceId ?? null, ...begun }];
}

/** What to do now for this person, oldest job first; null when there is nothing, or nothing yet. */
export function nextStep(jobs: readonly Job[], personId: string | null, now: number): Step | null {
  const job = jobs.find((each) => isWaitingFor(each, personId) && each.notBefore <= now);
  if (!job) return null;
  const photoId = job.photoIds[job.photosSent];
  if (photoId !== undefined) {
    return { kind: 'photo', job, photoId, number: job.photosSent + 1, of: job.photoIds.length };
  }
  if (job.voiceId && !job.voiceSent) return { kind: 'voice', job, voiceId: job.voiceId };
  return { kind: 'words', job };
}

export function afterStep(jobs: readonly Job[], step: Step, outcome: Outcome, now: number): readonly Job[] {
  return jobs.map((job) => (job.id === step.job.id ? { ...job, ...changeAfter(job, step, outcome, now) } : job));
}

function changeAfter(job: Job, step: Step, outcome: Outcome, now: number): Partial<Job> {
  if (outcome.kind === 'refused') return { state: 'refused', refusal: outcome.refusal };
  if (outcome.kind === 'later') {
    const failures = job.failures + 1;
    const heldUntil = outcome.retryAfterMs ? now + outcome.retryAfterMs : 0;
    return { failures, notBefore: Math.max(heldUntil, now + pauseAfter(failures)), heldUntil };
  }
  if (step.kind === 'photo') return { photosSent: step.number, ...rested };
  if (step.kind === 'voice') return { voiceSent: true, ...rested };
  return { state: 'sent', ...rested };
}

const rested = { failures: 0, notBefore: 0, heldUntil: 0 } as const;

/** The network is back, or the person is looking: nobody waits for the end of a pause, but as the server asked. */
export const hurry = (jobs: readonly Job[]): readonly Job[] =>
  jobs.map((job) => (job.notBefore > 0 ? { ...job, notBefore: job.heldUntil, failures: 0 } : job));

/** The person mended what was wrong elsewhere (a phone number in 我的, say) and says: once more. */
export const tryAgain = (jobs: readonly Job[], id: string): readonly Job[] =>
  jobs.map((job) =>
    job.id === id && job.state === 'refused' ? { ...job, state: 'waiting', refusal: null, ...rested } : job,
  );

/** Takes a job out: it has been seen, or the person takes a refused one back into the form. */
export const takeOut = (jobs: readonly Job[], id: string): readonly Job[] => jobs.filter((job) => job.id !== id);

/** When the next pause ends, for the timer; null when nobody pauses. */
export function wakeAt(jobs: readonly Job[], personId: string | null): number | null {
  const times = jobs.filter((job) => isWaitingFor(job, personId)).map((job) => job.notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

const isWaitingFor = (job: Job, personId: string | null): boolean =>
  job.state === 'waiting' && job.personId === personId;

/** One line for the bar. */
export function jobWords(job: Job, sending: Step | null): string {
  if (job.state === 'sent') return '发出去了';
  if (job.state === 'refused') return job.refusal?.title ?? '没有发出去';
  if (sending?.job.id !== job.id) return job.heldUntil > 0 ? '系统正忙，过一会儿自动发出' : '等网络好了自动发出';
  if (sending.kind === 'photo') return `正在传照片 ${sending.number}/${sending.of}`;
  return sending.kind === 'voice' ? '正在传录音' : '正在发出';
}
