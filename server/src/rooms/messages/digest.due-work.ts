import { isQuiet, nextQuietEnd } from '@sandan/shared/china-time';
import type { Db } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { DueHandler } from '../../foundation/due-work/due-work';
import { stillAsking } from '../commitments/commitments.queries';
import { stillOverdue, stillToStudy } from '../orders/orders.queries';
import { digestKind } from './collect-digest';
import { digests, type Digest } from './digest-times';
import type { WaitingMessage } from './waiting-message.entity';
import { writeMessages } from './write-messages';

const minute = 60_000;

/** 汇总: all that has been put by for a person becomes one message about what still waits; nothing waits, nothing is told. */
const tell =
  (digest: Digest): DueHandler =>
  async (db, { thingId: personId, townId, rung }, now, reference) => {
    const { quiet } = reference.town(townId);
    if (isQuiet(now.getTime(), quiet)) return { at: new Date(nextQuietEnd(now.getTime(), quiet)), rung };
    if (rung < longestCatchUp && (await isBehind(db, townId, now))) return { at: now, rung: rung + 1 };
    const waiting = await take(db, personId, digest);
    const still = await stillWaiting[digest](db, waiting, now);
    const last = still.at(-1);
    if (!last) return null;
    const summary = summaries[digest](still);
    const common = { kind: digestKind(digest), topic: last.topic, eventId: last.eventId, townId, at: now };
    const single = still.length === 1 ? { about: last.about, aboutId: last.aboutId } : {};
    await writeMessages(db, [
      {
        personId,
        ...common,
        aboutId: personId,
        ...summary,
        ...single,
        isNew: true,
        gathers: null,
        wechat: null,
        collected: null,
      },
    ]);
    return null;
  };

/** Rounds of the worker, which takes up to 100 events in each; then it is told with what there is. */
const longestCatchUp = 100;

/**
 * Who tells the messages was away over the digest's time, or has much to do: what happened until then comes into this one,
 * and not into another one a moment later. Up to the minute there is always something on its way.
 */
async function isBehind(db: Db, townId: string | null, now: Date): Promise<boolean> {
  const [row] = await db.query(
    `SELECT 1 FROM history h WHERE h.town_id = ? AND h.fanned_out_at IS NULL AND h.at < ?
     UNION ALL SELECT 1 FROM outbox_delivery d JOIN history h ON h.id = d.event_id
       WHERE d.town_id = ? AND d.done_at IS NULL AND d.parked_at IS NULL AND d.attempts = 0 AND d.reaction LIKE 'messages.%'
         AND h.at < ? LIMIT 1`,
    [townId, new Date(now.getTime() - minute), townId, new Date(now.getTime() - minute)],
  );
  return row !== undefined;
}

/** The clock is locked first, so that two workers tell it once and nobody puts by what neither of them reads. */
async function take(db: Db, personId: string, digest: Digest): Promise<WaitingMessage[]> {
  await db.query('SELECT 1 FROM due_work WHERE thing_id = ? AND kind = ? FOR UPDATE', [personId, digestKind(digest)]);
  const rows = await db.query<Record<string, unknown>>(
    'SELECT * FROM waiting_message WHERE person_id = ? AND digest = ? ORDER BY at, id',
    [personId, digest],
  );
  if (rows.length > 0)
    await db.write('DELETE FROM waiting_message WHERE id IN (?)', [rows.map(({ id }) => String(id))]);
  return rows.map((row) => rowOf<WaitingMessage>(row));
}

type Still = (db: Db, waiting: readonly WaitingMessage[], now: Date) => Promise<WaitingMessage[]>;

const idsOf = (waiting: readonly WaitingMessage[]): string[] => [...new Set(waiting.map(({ thingId }) => thingId))];

/** The last word about each thing stands for all that was said of it. */
const lastOfEach = (waiting: readonly WaitingMessage[], ids: ReadonlySet<string>): WaitingMessage[] =>
  [...new Map(waiting.map((each) => [each.thingId, each])).values()].filter(({ thingId }) => ids.has(thingId));

const stillWaiting: Readonly<Record<Digest, Still>> = {
  desk: async (db, waiting) => lastOfEach(waiting, await stillToStudy(db, idsOf(waiting))),
  overdue: async (db, waiting, now) => lastOfEach(waiting, await stillOverdue(db, idsOf(waiting), now)),
  promises: async (db, waiting) => {
    const asking = await stillAsking(db, idsOf(waiting));
    return lastOfEach(waiting, new Set(idsOf(waiting))).filter(({ thingId, kind }) => asking(thingId, kind));
  },
};

const most = 3;

/** “路灯不亮”“水沟堵了”等 5 件; what is confidential is counted and not named. */
function named(waiting: readonly WaitingMessage[]): string {
  const names = [...new Set(waiting.flatMap(({ deed }) => deed ?? []))].slice(0, most);
  const all = `${waiting.length} 件`;
  if (names.length === 0) return `有 ${all}`;
  const said = names.map((name) => `“${name}”`).join('');
  return waiting.length === 1 ? said : `${said}等 ${all}`;
}

const counted = (title: string, { length }: readonly unknown[]): string =>
  length === 1 ? title : `${title}：${length} 件`;

type Summary = { title: string; words: string; about: WaitingMessage['about'] };
const summaries: Readonly<Record<Digest, (still: readonly WaitingMessage[]) => Summary>> = {
  desk: (still) => ({
    title: counted('新单待研判', still),
    words: `${named(still)}等着研判，请到工作台看看。`,
    about: 'desk',
  }),
  overdue: (still) => ({
    title: counted('超时了', still),
    words: `${named(still)}过了时间还没办，请尽快办，或者说明情况。`,
    about: still.some(({ topic }) => topic === 'desk') ? 'desk' : 'myTasks',
  }),
  promises: (still) => ({
    title: counted('这周要办的承诺', still),
    words: `${named(still)}等着您：${parts(still)}。`,
    about: still.some(({ kind }) => toReview.includes(kind)) ? 'review' : 'myDeeds',
  }),
};

const toReview = ['commitment.submit', 'commitment.deliver', 'commitment.requestChange'];
const saidOf: readonly (readonly [words: string, kinds: readonly string[]])[] = [
  ['审一审', toReview],
  ['改一改', ['commitment.return', 'commitment.reject']],
  ['快到期', ['deedClock.dueSoon']],
  ['有异议要答复', ['commitment.dispute']],
];
const parts = (still: readonly WaitingMessage[]): string =>
  saidOf
    .map(([words, kinds]) => [words, still.filter(({ kind }) => kinds.includes(kind)).length] as const)
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${words} ${count} 件`)
    .join('，');

export const digestDueWork: Readonly<Record<string, DueHandler>> = Object.fromEntries(
  digests.map((digest) => [digestKind(digest), tell(digest)]),
);
