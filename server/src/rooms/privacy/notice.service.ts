import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { insertOnce } from './insert-once';
import { allNotices, type StoredNotice } from './notice.queries';
import { PrivacyNotice } from './privacy.entity';

type NoticeReply = ReplyOf<typeof privacyApi.notices>['items'][number];

const inForceOf = (notices: readonly StoredNotice[], now: Date): StoredNotice | undefined =>
  notices.find(({ effectiveAt }) => effectiveAt <= now);

const noticeReply = (notice: StoredNotice, inForce: boolean): NoticeReply => ({
  version: notice.version,
  sections: notice.sections.map(({ title, words }) => ({ title, words })),
  summary: notice.summary,
  effectiveAt: notice.effectiveAt.toISOString(),
  inForce,
});

export async function currentNotice(reading: Reading, now: Date): Promise<NoticeReply | null> {
  const notice = inForceOf(await allNotices(reading), now);
  return notice ? noticeReply(notice, true) : null;
}

export async function listNotices(reading: Reading, now: Date): Promise<NoticeReply[]> {
  const notices = await allNotices(reading);
  const inForce = inForceOf(notices, now);
  return notices.map((notice) => noticeReply(notice, notice === inForce));
}

type Given = BodyOf<typeof privacyApi.publishNotice>;

const longestAhead = 366 * 24 * 60 * 60_000;

/**
 * A version once published is never changed: people have agreed to those very words. From `effectiveAt` on everybody is
 * asked again. Throws `privacy.notice-id-taken` where the id stands for other words.
 */
export async function publishNotice(db: Db, caller: Caller, id: string, judge: () => Given): Promise<NoticeReply> {
  const notices = await allNotices(db);
  const given = judge();
  const known = notices.find((notice) => notice.id === id);
  if (known) {
    if (!isSame(known, given)) throw new Problem('privacy.notice-id-taken');
    return noticeReply(known, known === inForceOf(notices, caller.now));
  }
  const effectiveAt = new Date(given.effectiveAt);
  const newest = notices[0];
  checkTime(effectiveAt, caller.now, newest?.effectiveAt);
  const version = (newest?.version ?? 0) + 1;
  const row = { id, version, sections: given.sections, summary: given.summary, effectiveAt };
  await insertOnce(db, PrivacyNotice, [{ ...row, publishedById: caller.personId, publishedAt: caller.now }]);
  // Every process reads the versions anew.
  await makeReadAnew(db);
  await recordAct(db, caller, 'publishNotice', { facts: { version, effectiveAt: effectiveAt.toISOString() } });
  return noticeReply(row, effectiveAt <= caller.now);
}

const isSame = (known: StoredNotice, given: Given): boolean =>
  known.summary === given.summary &&
  known.effectiveAt.toISOString() === new Date(given.effectiveAt).toISOString() &&
  JSON.stringify(known.sections.map(({ title, words }) => [title, words])) ===
    JSON.stringify(given.sections.map(({ title, words }) => [title, words]));

/** In order, so that what is in force is always the newest that has begun. */
function checkTime(effectiveAt: Date, now: Date, before: Date | undefined): void {
  const wrong = (words: string) => new Problem('request.bad-input', { fields: { effectiveAt: words } });
  if (now.getTime() - effectiveAt.getTime() > 60 * 60_000) throw wrong('生效时间不能早于现在');
  if (effectiveAt.getTime() - now.getTime() > longestAhead) throw wrong('生效时间请填一年以内');
  if (before && effectiveAt <= before) throw wrong('要晚于上一版的生效时间');
}
