import type { Db } from '../database/connect';
import { rowOf } from '../database/rows';
import type { PushHandler } from '../world/wechat/push-handler';
import { MediaVerdict, type ContentCheck } from './content-check.entity';
import { recordVerdict, type Recording } from './record-verdict';
import { patienceMs } from './standing';
import { verdictOf } from './verdict';

/** Before -1008 a second time a person is not asked: the network may have been bad for a moment. */
const mostTries = 2;

/** WeChat has taken the picture: its verdict may already have come, before this was written. */
export async function noteTrace(db: Db, check: ContentCheck, traceId: string, recording: Recording): Promise<void> {
  const { now } = recording;
  const noted = await db.write(
    `UPDATE content_check SET trace_id = ?, asked_at = ?, next_at = ?, tries = tries + 1, leased_until = NULL
     WHERE id = ? AND version = ? AND state IN ('waiting', 'unjudged')`,
    [traceId, now, new Date(now.getTime() + patienceMs), check.id, check.version],
  );
  if (noted === 0) return;
  await db.upsert(MediaVerdict, [{ traceId, checkId: check.id, at: now }], ['checkId']);
  await settle(db, traceId, recording);
}

/**
 * wxa_media_check: matched by trace id, whichever is first, the push or our note of the id. One for a picture that was
 * asked about anew since, or that a person has decided about, changes nothing; so does a repeat.
 */
export const mediaVerdicts: PushHandler = {
  event: 'wxa_media_check',
  run: async ({ db, reference, now }, { fields }) => {
    const traceId = typeof fields['trace_id'] === 'string' ? fields['trace_id'] : '';
    if (!/^[\w-]{1,64}$/.test(traceId)) return;
    const found = verdictIn(fields);
    await db.upsert(MediaVerdict, [{ traceId, ...found, at: now }], ['verdict', 'label']);
    await settle(db, traceId, { now, reference });
  },
};

/** Of XML every value is a text. */
function verdictIn(fields: Readonly<Record<string, unknown>>): Pick<MediaVerdict, 'verdict' | 'label'> {
  const errcode = Number(fields['errcode'] ?? 0);
  if (errcode === -1008) return { verdict: 'unfetched', label: null };
  const { suggest, label } = (fields['result'] ?? {}) as { suggest?: unknown; label?: unknown };
  const isKnown = suggest === 'pass' || suggest === 'review' || suggest === 'risky';
  if (errcode !== 0 || !isKnown) return { verdict: 'unjudged', label: null };
  const number = Number(label);
  return { verdict: verdictOf(suggest), label: Number.isInteger(number) ? number : null };
}

async function settle(db: Db, traceId: string, recording: Recording): Promise<void> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT c.*, v.verdict AS found, v.label AS found_label FROM media_verdict v
       JOIN content_check c ON c.id = v.check_id AND c.trace_id = v.trace_id
     WHERE v.trace_id = ? AND v.verdict IS NOT NULL`,
    [traceId],
  );
  if (!row) return;
  const check = rowOf<ContentCheck>(row);
  const verdict = row['found'] as NonNullable<MediaVerdict['verdict']>;
  const isFetchable = verdict !== 'unfetched';
  if (!isFetchable && check.tries < mostTries) return askAgain(db, check, recording.now);
  const judged = { verdict: isFetchable ? verdict : ('unjudged' as const), label: row['found_label'] as number | null };
  await recordVerdict(db, check, { ...judged, traceId }, { ...recording, isLast: true });
}

/** The trace id goes: the same push once more is about nothing. */
const askAgain = async (db: Db, { id, version }: ContentCheck, now: Date): Promise<void> =>
  void (await db.write(
    `UPDATE content_check SET asked_at = NULL, trace_id = NULL, next_at = ?
     WHERE id = ? AND version = ? AND state IN ('waiting', 'unjudged')`,
    [now, id, version],
  ));
