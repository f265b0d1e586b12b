import { chinaDate } from '@sandan/shared/china-time';
import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { reviewLimits } from '@sandan/shared/reviews/review.words';
import type { reviewsApi } from '@sandan/shared/reviews/reviews.contract';
import { mustHaveAgreed } from '../../foundation/access/agreement';
import type { Caller } from '../../foundation/access/caller';
import { flagOf, setFlags } from '../../foundation/checks/ask-checks';
import { checkedFields, type CheckedName } from '../../foundation/checks/checked-fields';
import { tell } from '../../foundation/checks/tell';
import type { ContentCheck } from '../../foundation/checks/content-check.entity';
import type { Db } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import { newId } from '../../foundation/ids';
import { Complaint } from './complaint.entity';
import { complaintTarget, type Target } from './complaint-targets';
import { complaintById, type ComplaintRow } from './reviews.queries';

type Given = BodyOf<(typeof reviewsApi)['complain']>;

/**
 * 投诉: of what the caller sees and did not write, once each. It goes to the desk at once; where people of several houses
 * complain, it is hidden until a person has decided, unless an office wrote it, or a person has looked at it already.
 */
export async function complain(db: Db, caller: Caller, id: string, judge: () => Given): Promise<ComplaintRow> {
  const known = await complaintById(db, id);
  if (known && known.personId !== caller.personId) throw new Problem('complaint.id-taken');
  const { about, reason, words = null } = judge();
  if (known) {
    const isSame = isSaidOf(known.field, about.field) && known.thingId === about.thingId && known.reason === reason;
    if (!isSame || known.words !== words) throw new Problem('complaint.id-taken');
    return known;
  }
  mustHaveAgreed(caller);
  const target = await complaintTarget(db, caller, about);
  if (!target) throw new Problem('complaint.not-found');
  if (target.authorId === caller.personId) throw new Problem('complaint.own');
  await checkOften(db, caller);
  const check = await checkOf(db, caller, target);
  if (check.state === 'withdrawn') throw new Problem('complaint.not-found');
  await checkFirst(db, caller, check.id);
  const row = { id, personId: caller.personId, reason, words, at: caller.now, outcome: null, decidedAt: null };
  await db.insert(Complaint, [{ ...row, checkId: check.id }]);
  await bringToDesk(db, caller, check, target);
  return { ...row, field: check.field };
}

/** On the page a step is a step, whoever took it. */
const onThePage: Readonly<Partial<Record<CheckedName, CheckedName>>> = {
  ...{ 'order.officeStep': 'order.step', 'commitment.answer': 'commitment.step' },
};
const isSaidOf = (checkedAs: CheckedName, field: CheckedName): boolean =>
  checkedAs === field || onThePage[checkedAs] === field;

/** Counted under a lock on the person: many taps at once are counted one after the other. */
async function checkOften(db: Db, { personId, now }: Caller): Promise<void> {
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [personId]);
  const today = new Date(`${chinaDate(now.getTime())}T00:00:00+08:00`);
  const [row] = await db.query<{ made: number }>(
    'SELECT COUNT(*) AS made FROM content_complaint WHERE person_id = ? AND at >= ?',
    [personId, today],
  );
  if (Number(row?.made) >= reviewLimits.complaintsADay) throw new Problem('complaint.too-many');
}

async function checkFirst(db: Db, { personId }: Caller, checkId: string): Promise<void> {
  const made = await db.query('SELECT 1 FROM content_complaint WHERE check_id = ? AND person_id = ?', [
    ...[checkId, personId],
  ]);
  if (made.length > 0) throw new Problem('complaint.made-already');
}

/** What was never checked, or long ago, gets its row with the first complaint; locked, so that complaints are counted one by one. */
async function checkOf(db: Db, { now }: Caller, { field, thingId, authorId, root }: Target): Promise<ContentCheck> {
  await db.write(
    `INSERT INTO content_check (id, field, thing_id, author_id, root, root_id, county_id, town_id, village_id, group_id,
       state, held, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'passed', 0, ?) ON DUPLICATE KEY UPDATE id = id`,
    [
      ...[newId(now), field, thingId, authorId, root.root, root.rootId],
      ...[root.countyId, root.townId, root.villageId, root.groupId, now],
    ],
  );
  const [row] = await db.query<Record<string, unknown>>(
    'SELECT * FROM content_check WHERE field = ? AND thing_id = ? AND author_id = ? FOR UPDATE',
    [field, thingId, authorId],
  );
  if (!row) throw new Error(`The check of ${field} ${thingId} is gone`);
  return rowOf<ContentCheck>(row);
}

async function bringToDesk(db: Db, { reference, now }: Caller, check: ContentCheck, target: Target): Promise<void> {
  // By houses: a family with three phones is one voice.
  const [row] = await db.query<{ houses: number }>(
    `SELECT COUNT(DISTINCT COALESCE(p.household_id, p.id)) AS houses FROM content_complaint x
       JOIN person p ON p.id = x.person_id WHERE x.check_id = ? AND x.outcome IS NULL`,
    [check.id],
  );
  const { official = false } = checkedFields[check.field];
  const many = Number(row?.houses) >= reference.town(check.townId).complaintsToHide;
  // 人工看过: many taps do not undo what a person has decided, they ask him to look once more.
  const isOpen = check.held === 0 && check.state !== 'shown';
  const hides = many && isOpen && !official && !target.isOfficial;
  await db.write(
    `UPDATE content_check SET at_desk = 1, state = IF(?, 'doubtful', state), held = IF(?, 1, held),
       next_at = IF(?, NULL, next_at), version = version + 1 WHERE id = ?`,
    [hides, hides, hides, check.id],
  );
  if (!hides) return;
  await setFlags(db, [check], flagOf({ field: check.field, state: 'doubtful', held: 1 }));
  await tell(db, check, 'hold', now);
}
