import { releaseReasons } from '@sandan/shared/commitments/commitment.words';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { decidedBy } from '../../foundation/checks/ask-checks';
import { fromJson, type Db } from '../../foundation/database/connect';
import type { Effect, Scene, Step } from './act';
import { contentOf } from './commitment-rows';
import { CommitmentChange, type Content } from './commitment.entity';
import { checkContent } from './draft-rules';
import { keepVersion } from './draft.service';
import { keepVerdict, lookAgain, type Heard } from './word-checks';

type Api = typeof commitmentsApi;

const roundOf = ({ record }: Scene) => ({
  townId: record.townId ?? '',
  year: record.roundYear,
  endsOn: record.roundEndsOn,
});

/** 申请变更: after publication nothing is edited silently; a new wording waits for the level above. */
export const requestChange: Effect<BodyOf<Api['requestChange']> & Heard> = async (
  scene,
  { kind, reason, content, judged },
) => {
  const rewords = kind === 'amend' || kind === 'postpone' || kind === 'replace';
  if (rewords && !content)
    throw new Problem('commitment.change-content', { fields: { content: '请填写变更后的内容' } });
  if (content) checkContent(scene.caller, roundOf(scene), content);
  const { record, caller, actionId } = scene;
  return {
    words: reason,
    facts: { kind },
    beside: async (db) => {
      await db.insert(CommitmentChange, [
        {
          ...{ id: actionId, commitmentId: record.id, kind, reason, content: rewords ? (content ?? null) : null },
          ...{ byId: caller.personId, byName: caller.name, at: caller.now, isOpen: 1 },
        },
      ]);
      await keepVerdict(db, record, caller, { field: 'commitment.change', thingId: actionId, judged });
    },
  };
};

async function openChange(db: Db, scene: Scene, changeId: string): Promise<CommitmentChange> {
  const [row] = await db.query<{ kind: CommitmentChange['kind']; reason: string; content: unknown }>(
    'SELECT kind, reason, content FROM commitment_change WHERE id = ? AND commitment_id = ? AND is_open = 1',
    [changeId, scene.record.id],
  );
  if (!row) throw new Problem('commitment.change-not-found');
  return { ...row, content: fromJson<Content | null>(row.content) } as CommitmentChange;
}

/**
 * Whoever rules on it has read it, and answers for its being public; but what the desk of the contents has hidden, or WeChat
 * is sure about, does not become the wording of a deed. @throws Problem commitment.words-at-desk
 */
async function decide(
  db: Db,
  { caller }: Scene,
  changeId: string,
  decision: 'approved' | 'refused',
  words: string | null,
): Promise<void> {
  const shown = await decidedBy(db, caller, { field: 'commitment.change', thingId: changeId }, true);
  if (!shown && decision === 'approved') throw new Problem('commitment.words-at-desk');
  await db.write(
    `UPDATE commitment_change SET is_open = NULL, decision = ?, answer = ?, answered_by_id = ?, answered_by = ?, answered_at = ?
     WHERE id = ? AND is_open = 1`,
    [decision, words, caller.personId, caller.name, caller.now, changeId],
  );
}

export const approveChange: Effect<BodyOf<Api['approveChange']>> = async (scene, { changeId, words }) => {
  const change = await openChange(scene.db, scene, changeId);
  const step = changed(scene, change);
  return {
    ...step,
    words: words ?? null,
    facts: { changeId, kind: change.kind },
    beside: async (db) => {
      await decide(db, scene, changeId, 'approved', words ?? null);
      await step.beside?.(db);
    },
  };
};

/** What a change does once it is approved: both wordings and the reason stay to be read. */
function changed({ record, caller }: Scene, { kind, reason, content }: CommitmentChange): Step {
  if (kind === 'abandon') return { to: 'abandoned', set: { closedAt: caller.now } };
  if (kind === 'carryOver') return { to: 'published', set: { carriesOver: 1 } };
  if (!content) throw new Error(`A change to ${kind} has no content`);
  const contentVersion = record.contentVersion + 1;
  return {
    to: 'published',
    set: { ...contentOf(content), ...caller.reference.tree.columns(content.forGridId), contentVersion },
    beside: async (db) => {
      await keepVersion(db, caller, { ...content, id: record.id, contentVersion }, reason);
      // 屏蔽: what was hidden were other words; the desk reads these before the deed is on the wall again.
      if (record.held !== 0) await lookAgain(db, record, caller);
    },
  };
}

export const refuseChange: Effect<BodyOf<Api['refuseChange']>> = async (scene, { changeId, words }) => {
  const { kind } = await openChange(scene.db, scene, changeId);
  return {
    words,
    facts: { changeId, kind },
    beside: async (db) => void (await decide(db, scene, changeId, 'refused', words)),
  };
};

/** 免除: who died, moved or fell ill owes it no more. */
export const release: Effect<BodyOf<Api['release']>> = async ({ caller }, { reason, words }) => ({
  words: `${releaseReasons[reason]}：${words}`.slice(0, 500),
  set: { closedAt: caller.now },
  facts: { reason },
});

/** 更正: one asks, a second person of the town confirms; public like the result itself. */
export const askCorrection: Effect<BodyOf<Api['askCorrection']>> = async ({ caller }, { result, words }) => ({
  words,
  set: { correctsTo: result, correctedById: caller.personId },
  facts: { result },
});

export const correct: Effect<BodyOf<Api['correct']>> = async ({ record }) => {
  if (!record.correctsTo) throw new Problem('commitment.no-correction');
  return { to: record.correctsTo, set: { correctsTo: null, correctedById: null }, facts: { from: record.state } };
};
