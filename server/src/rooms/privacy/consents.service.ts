import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import { consentPurposes, type ConsentPurpose } from '@sandan/shared/privacy/privacy.words';
import { Problem } from '@sandan/shared/problems';
import { noticeInForce } from '../../foundation/access/agreement';
import type { Caller } from '../../foundation/access/caller';
import { isChild } from '../../foundation/access/childhood';
import { recordAct } from '../../foundation/audit/record-act';
import { keepFormer } from '../../foundation/personal-data/former-telling';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { channelOf, consentsOfAction, lastConsents, type SubjectRow } from './consents.queries';
import { subjectFor, wardsOfCaller } from './guardian';
import { insertOnce } from './insert-once';
import { allNotices } from './notice.queries';
import { Consent } from './privacy.entity';

type Reply = ReplyOf<typeof privacyApi.consents>;
const purposes = Object.keys(consentPurposes) as ConsentPurpose[];

export async function consentsOf(reading: Reading, caller: Caller, personId?: string): Promise<Reply> {
  const subject = await subjectFor(reading, caller, personId);
  return present(reading, caller, subject);
}

async function present(reading: Reading, caller: Caller, subject: SubjectRow): Promise<Reply> {
  const notice = noticeInForce(caller.reference, caller.now);
  const rows = await lastConsents(reading, subject.id);
  const own = subject.id === caller.personId;
  const children = own ? await wardsOfCaller(reading, caller) : [];
  return {
    personId: subject.id,
    version: notice?.version ?? null,
    toAsk: notice !== null && subject.agreedNotice < notice.version && !hasAnswered(rows, notice.version),
    changed: await changedSince(reading, subject.agreedNotice, notice?.version ?? 0),
    guardianNeeded: own && isChild(subject, caller.now),
    lines: purposes.map((purpose) => lineOf(purpose, rows, caller)),
    children: children.map(({ id, name }) => ({ personId: id, name })),
  };
}

/** Whoever said no to this version is not asked again every time; the services that need a yes say so. */
const hasAnswered = (rows: Awaited<ReturnType<typeof lastConsents>>, version: number): boolean =>
  rows.some((row) => row.purpose === 'basic' && row.version === version);

/** The summaries of all versions in between; null at the first time. */
async function changedSince(reading: Reading, agreed: number, inForce: number): Promise<string | null> {
  if (agreed === 0 || agreed >= inForce) return null;
  const notices = await allNotices(reading);
  const between = notices.filter(({ version }) => version > agreed && version <= inForce).reverse();
  return between.map(({ summary }) => summary).join('\n');
}

function lineOf(purpose: ConsentPurpose, rows: Awaited<ReturnType<typeof lastConsents>>, caller: Caller) {
  const row = rows.find((each) => each.purpose === purpose);
  if (!row) return { purpose, given: null, version: null, at: null, by: null };
  const by = row.byId === caller.personId ? '本人' : row.byName;
  return { purpose, given: row.given === 1, version: row.version, at: row.at.toISOString(), by };
}

/** 同意, 不同意, 撤回: each purpose by itself, to the words that are in force. Works at once. */
export async function sayConsent(
  db: Db,
  caller: Caller,
  judge: () => BodyOf<typeof privacyApi.consent>,
): Promise<Reply> {
  const { actionId, version, answers, personId } = judge();
  const subject = await subjectFor(db, caller, personId);
  if (subject.id === caller.personId && isChild(subject, caller.now)) throw new Problem('privacy.guardian-needed');
  if ((await consentsOfAction(db, actionId, subject.id)) > 0) return present(db, caller, subject);
  const notice = noticeInForce(caller.reference, caller.now);
  if (notice?.version !== version) throw new Problem('privacy.notice-changed');
  const given = purposes.flatMap((purpose) => {
    const answer = answers[purpose];
    return answer === undefined ? [] : [{ purpose, answer }];
  });
  if (given.length === 0) throw new Problem('request.bad-input', { fields: { answers: '请选择同意或不同意' } });
  const { now: at, personId: byId } = caller;
  const channel = await channelOf(db, caller.sessionId);
  const rows = given.map(({ purpose, answer }, index) => ({
    ...{ id: index === 0 ? actionId : newId(at), personId: subject.id, noticeVersion: version, purpose, byId, at },
    ...{ channel, given: answer ? 1 : 0 },
  }));
  await insertOnce(db, Consent, rows);
  for (const { purpose, answer } of given) await take[purpose](db, subject, answer ? version : 0, caller);
  const said = (yes: boolean) => given.filter(({ answer }) => answer === yes).map(({ purpose }) => purpose);
  const facts = { version, agreed: said(true), refused: said(false) };
  await recordAct(db, caller, 'sayConsent', { thingId: subject.id, facts });
  const basic = answers.basic === undefined ? subject.agreedNotice : Number(answers.basic) * version;
  return present(db, caller, { ...subject, agreedNotice: basic });
}

type By = Pick<Caller, 'personId' | 'name' | 'now'>;
type Effect = (db: Db, subject: SubjectRow, version: number, by: By) => Promise<unknown>;

interface Withdrawal {
  readonly wanted: readonly ConsentPurpose[];
  /** What he has agreed to later stays; left out: all of it goes. */
  readonly givenBy?: Date;
  readonly now: Date;
  readonly townId: string | null;
}

/** What WeChat tells us that a person has withdrawn there; only what he had agreed to. */
export async function withdrawConsents(
  db: Db,
  subject: SubjectRow,
  { wanted, now, givenBy = now, townId }: Withdrawal,
): Promise<void> {
  const all = await lastConsents(db, subject.id);
  const given = all.filter((row) => row.given === 1 && row.at <= givenBy && wanted.includes(row.purpose));
  const [latest] = given;
  if (!latest) return;
  const by = { personId: subject.id, name: subject.name, now };
  const said = { personId: subject.id, given: 0, channel: 'wechat', byId: subject.id, at: now } as const;
  await db.insert(
    Consent,
    given.map(({ purpose, version }) => ({ ...said, id: newId(now), purpose, noticeVersion: version })),
  );
  for (const { purpose } of given) await take[purpose](db, subject, 0, by);
  const facts = { version: latest.version, agreed: [], refused: given.map(({ purpose }) => purpose) };
  await recordAct(db, { ...by, townId }, 'sayConsent', { thingId: subject.id, facts });
}

/** What a yes or no does at once. `version` is 0 for a no. */
const take: Record<ConsentPurpose, Effect> = {
  basic: (db, { id }, version) => db.write('UPDATE person SET agreed_notice = ? WHERE id = ?', [version, id]),
  // What stands on consent ends with it; a ground in law (低保 …) goes on. The flags of a house end by its head's word.
  sensitive: async (db, { id }, version, by) => {
    if (version > 0) return;
    const ended = await db.write(
      `UPDATE household_flag SET ended_at = ? WHERE ended_at IS NULL AND ground = 'consent'
         AND (person_id = ? OR (person_id IS NULL AND household_id IN (SELECT id FROM household WHERE head_person_id = ?)))`,
      [by.now, id, id],
    );
    if (ended > 0) await tellFlagsEnded(db, id, by);
  },
  // Read where the words are shown (commitment-detail.queries.ts): a no is seen at once, in all that was said before.
  shownName: () => Promise.resolve(),
  publishedPhone: async (db, { id }, version, { now }) => {
    if (version > 0) return publishOwnPhone(db, id);
    await keepFormer(db, [id], ['publishedPhone'], now);
    await db.write('UPDATE person SET published_phone_sealed = NULL WHERE id = ?', [id]);
  },
};

/** How often the house is visited follows from what is noted of it; that is the households' room's affair. */
async function tellFlagsEnded(db: Db, subjectId: string, { now, personId, name }: By): Promise<void> {
  const [house] = await db.query<{ id: string; townId: string | null }>(
    `SELECT h.id, g.town_id AS townId FROM person p JOIN household h ON h.id = p.household_id
       JOIN grid g ON g.id = h.grid_id WHERE p.id = ?`,
    [subjectId],
  );
  if (!house) return;
  await db.insert(History, [
    {
      ...{ id: newId(now), thing: 'household', thingId: house.id, aggregateId: house.id, seq: 0, townId: house.townId },
      ...{ action: 'endFlags', actorId: personId, actorName: name, actorRole: 'resident', onBehalfId: null, at: now },
      ...{ fromState: null, toState: 'open', words: null, facts: null, fannedOutAt: null },
    },
  ]);
}

/** The own number, where there is none of the post yet: sealed anew, because a seal opens for its own field only. */
async function publishOwnPhone(db: Db, personId: string): Promise<void> {
  const [row] = await db.query<{ phone: Parameters<Db['vault']['open']>[1] | null }>(
    'SELECT phone_sealed AS phone FROM person WHERE id = ? AND published_phone_sealed IS NULL',
    [personId],
  );
  if (!row?.phone) return;
  const sealed = db.vault.seal('person.publishedPhone', db.vault.open('person.phone', row.phone));
  await db.write('UPDATE person SET published_phone_sealed = ? WHERE id = ?', [sealed, personId]);
}
