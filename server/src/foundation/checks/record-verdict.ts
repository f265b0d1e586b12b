import type { Db } from '../database/connect';
import type { Reference } from '../reference/reference';
import { flagOf, hasComplaint, setFlags } from './ask-checks';
import type { ContentCheck } from './content-check.entity';
import { isDrawn, standingAfter } from './standing';
import { tell } from './tell';
import type { Judged } from './verdict';

export interface Recording {
  now: Date;
  reference: Reference;
  /** Not asked about again, whatever came of it. */
  isLast?: boolean;
}

/**
 * Writes down what WeChat said, with all that follows: shown or hidden, at the desk or not, the writer told. A person who
 * was quicker has decided; words written anew meanwhile have a check of another version. `judged` null: nothing is left.
 */
export async function recordVerdict(
  db: Db,
  check: ContentCheck,
  judged: Judged | null,
  { now, reference, isLast = false }: Recording,
): Promise<void> {
  const sampled = isDrawn(check.id, reference.town(check.townId).reviewSamplePercent);
  // The asking of a picture was counted when its trace id was noted.
  const tries = check.askedAt === null ? check.tries + 1 : check.tries;
  const after = judged
    ? standingAfter(judged.verdict, { field: check.field, createdAt: check.createdAt, tries, now, sampled })
    : { state: 'withdrawn' as const, held: 0, atDesk: null, sampled: 0, nextAt: null };
  const moves = after.state !== check.state || after.held !== check.held;
  const changed = await db.write(
    `UPDATE content_check SET state = ?, held = ?, sampled = ?, next_at = ?, tries = ?, label = COALESCE(?, label),
       at_desk = IF(${hasComplaint}, 1, ?),
       trace_id = COALESCE(?, trace_id), asked_at = NULL, leased_until = NULL, version = version + ?
     WHERE id = ? AND version = ? AND state IN ('waiting', 'unjudged')`,
    [
      ...[after.state, after.held, after.sampled, isLast ? null : after.nextAt, tries, judged?.label ?? null],
      ...[after.atDesk, judged?.traceId ?? null, moves ? 1 : 0, check.id, check.version],
    ],
  );
  if (changed === 0) return;
  const flag = flagOf({ field: check.field, ...after });
  if (flag !== flagOf(check)) await setFlags(db, [check], flag);
  if (after.state === 'doubtful' || after.state === 'risky') await tell(db, check, 'hold', now);
}
