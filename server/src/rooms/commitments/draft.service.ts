import type { BodyOf } from '@sandan/shared/endpoint';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { Effect } from './act';
import { contentOf } from './commitment-rows';
import { Commitment, CommitmentHelper, CommitmentVersion, type Content } from './commitment.entity';
import { draftedRow, newCommitment, versionRow, type Draft } from './draft-rows';
import { checkContent, checkKeepers, checkTime, debtOf, draftPeople, reviewersOf } from './draft-rules';
import { adoptOrder } from './linked-orders';
import { seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';
import { deedPhotos } from './word-checks';

type Api = typeof commitmentsApi;

/** 拟诺: for oneself, for one's organisation, or by the secretary for a member without a phone. */
export async function draftCommitment(db: Db, caller: Caller, id: string, draft: Draft): Promise<void> {
  const round = await roundById(db, draft.roundId);
  if (!round || !seesRound(caller, round)) throw new Problem('round.not-found');
  checkTime(round, draft.lateReason);
  const asked = [draft.personId, draft.responsibleId, caller.personId, ...draft.helperIds];
  const people = await draftPeople(db, round, caller.now, present(asked));
  const debt = debtOf(caller, draft, round, people);
  const responsibleId = draft.responsibleId ?? debt.personId ?? caller.personId;
  checkKeepers([responsibleId, ...draft.helperIds], people);
  checkContent(caller, round, draft);
  const row = { ...newCommitment(caller, id, draft, debt), responsibleId, ...reviewersOf(caller, debt, people) };
  await db.insert(Commitment, [row]);
  await keepVersion(db, caller, row, null);
  await replaceHelpers(db, id, draft.helperIds);
  if (draft.orderId) await adoptOrder(db, caller, row, draft.orderId);
  const actionId = newId(caller.now);
  await deedPhotos(row, caller, draft.beforePhotoIds, actionId)(db);
  await db.insert(History, [draftedRow(caller, row, actionId)]);
}

const present = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);

/** One row per version: nothing that was ever said is edited away. */
export const keepVersion = (
  db: Db,
  caller: Caller,
  row: Content & { id: string; contentVersion: number },
  reason: string | null,
): Promise<void> =>
  db.upsert(
    CommitmentVersion,
    [versionRow(caller, row, reason)],
    ['title', 'words', 'field', 'quantity', 'unit', 'forGridId', 'forWords', 'deadline', 'money', 'moneySource', 'at'],
  );

async function replaceHelpers(db: Db, commitmentId: string, helperIds: readonly string[]): Promise<void> {
  await db.write('DELETE FROM commitment_helper WHERE commitment_id = ?', [commitmentId]);
  await db.insert(
    CommitmentHelper,
    [...new Set(helperIds)].map((personId) => ({ commitmentId, personId })),
  );
}

/** 修改: before anybody has read it; the words of the same version. */
export const rewrite: Effect<BodyOf<Api['rewrite']>> = async (
  { db, record, caller },
  { content, helperIds, responsibleId = record.responsibleId },
) => {
  const round = await roundById(db, record.roundId);
  if (!round) throw new Problem('round.not-found');
  checkContent(caller, round, content);
  const keepers = [responsibleId, ...helperIds];
  checkKeepers(keepers, await draftPeople(db, round, caller.now, keepers));
  return {
    set: { ...contentOf(content), ...caller.reference.tree.columns(content.forGridId), responsibleId },
    beside: async (inside) => {
      await keepVersion(
        inside,
        caller,
        { ...contentOf(content), id: record.id, contentVersion: record.contentVersion },
        null,
      );
      await replaceHelpers(inside, record.id, helperIds);
    },
  };
};

export const submit: Effect<BodyOf<Api['submit']>> = async ({ caller, record }) => {
  checkContent(caller, { townId: record.townId ?? '', year: record.roundYear, endsOn: record.roundEndsOn }, record);
  return {};
};

/** Back to the author: what he writes then is a version of its own. */
const anew = ({ contentVersion }: Pick<Commitment, 'contentVersion'>) => ({ contentVersion: contentVersion + 1 });

export const recall: Effect<BodyOf<Api['recall']>> = async ({ db, caller, record }) => ({
  set: anew(record),
  beside: (inside) => keepVersion(inside ?? db, caller, { ...record, ...anew(record) }, null),
});

export const sendBack: Effect<BodyOf<Api['return']>> = async ({ caller, record }, { words }) => ({
  words,
  set: anew(record),
  beside: (inside) => keepVersion(inside, caller, { ...record, ...anew(record) }, words),
});

export const withdraw: Effect<BodyOf<Api['withdraw']>> = async (_scene, { words }) => ({ words: words ?? null });
