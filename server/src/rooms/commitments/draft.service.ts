import type { BodyOf } from '@sandan/shared/endpoint';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { maskPhonesAndIds } from '../../foundation/access/masking';
import type { Db } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import { newId } from '../../foundation/ids';
import { photosOfAction } from '../../foundation/photos/photos-of-action';
import { History } from '../../foundation/outbox/history.entity';
import { historyRow, type Effect } from './act';
import { contentOf } from './commitment-rows';
import { Commitment, CommitmentHelper, CommitmentVersion, type Content } from './commitment.entity';
import { adoptOrder } from './linked-orders';
import { membersAmong } from './keepers.queries';
import { seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';
import type { Round } from './round.entity';

type Api = typeof commitmentsApi;
export type Draft = BodyOf<Api['draft']>;

/** Whose deed it is, and who reviews it. */
interface Debt {
  kind: CommitmentKind;
  organizationId: string;
  personId: string | null;
}

/** 拟诺: for oneself, for one's organisation, or by the secretary for a member without a phone. */
export async function draftCommitment(db: Db, caller: Caller, id: string, draft: Draft): Promise<void> {
  const round = await roundById(db, draft.roundId);
  if (!round || !seesRound(caller, round)) throw new Problem('round.not-found');
  checkTime(round, draft);
  const debt = await debtOf(db, caller, draft, round);
  const responsibleId = draft.responsibleId ?? debt.personId ?? caller.personId;
  await checkPeople(db, round, [responsibleId, ...draft.helperIds]);
  checkContent(caller, round, draft);
  const row = { ...newCommitment(caller, id, draft, debt), responsibleId, ...(await reviewersOf(db, caller, debt)) };
  await db.insert(Commitment, [row]);
  await keepVersion(db, caller, row, null);
  await replaceHelpers(db, id, draft.helperIds);
  if (draft.orderId) await adoptOrder(db, caller, row, draft.orderId);
  const actionId = newId(caller.now);
  await photosOfAction(draft.beforePhotoIds, caller.personId, actionId, caller.now)(db);
  const record = { ...row, version: 0 } as Parameters<typeof historyRow>[0]['record'];
  await db.insert(History, [
    historyRow({ record, caller, actionId }, 'draft', { to: 'draft', words: draft.lateReason ?? null, facts: null }),
  ]);
}

/** In the time of drafting; afterwards with a reason, while the year is under way. */
function checkTime({ state }: Round, { lateReason }: Draft): void {
  if (state === 'closing' || state === 'closed') throw new Problem('commitment.round-over');
  if (state === 'drafting') return;
  if (state === 'preparing' || !lateReason) throw new Problem('commitment.round-not-open');
}

async function debtOf(db: Db, caller: Caller, draft: Draft, round: Round): Promise<Debt> {
  const { kind, organizationId, personId } = draft;
  if (kind !== 'personal') {
    const isOwn = organizationId !== undefined && isSecretaryAt(caller, (nodeId) => nodeId === organizationId);
    if (!isOwn || !caller.reference.tree.organizationLine(organizationId).includes(round.organizationId))
      throw new Problem('commitment.not-yours');
    return { kind, organizationId, personId: null };
  }
  const debtorId = personId ?? caller.personId;
  const [row] = await db.query<{ home: string | null }>(
    'SELECT home_organization_id AS home FROM person WHERE id = ? AND disabled_at IS NULL',
    [debtorId],
  );
  const home = row?.home ?? null;
  const isHere = home !== null && caller.reference.tree.organizationLine(home).includes(round.organizationId);
  if (!isHere) throw new Problem('commitment.not-a-member');
  const line = caller.reference.tree.organizationLine(home);
  if (debtorId !== caller.personId && !isSecretaryAt(caller, (nodeId) => line.includes(nodeId)))
    throw new Problem('commitment.not-yours');
  return { kind, organizationId: home, personId: debtorId };
}

const isSecretaryAt = (caller: Caller, fits: (nodeId: string) => boolean): boolean =>
  caller.grants.some(
    ({ tree, nodeId, role }) =>
      tree === 'party' && (role === 'partySecretary' || role === 'deputySecretary') && fits(nodeId),
  );

/** A member's deed is reviewed by his branch; an organisation's, and a secretary's own, by the level above. */
async function reviewersOf(db: Db, { reference: { tree }, now }: Caller, { kind, organizationId, personId }: Debt) {
  const above = (id: string): string => tree.organization(id)?.parentId ?? id;
  const [row] = await db.query<{ own: number }>(
    `SELECT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = ? AND g.node_id = ? AND g.role = 'partySecretary'
       AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS own`,
    [personId, organizationId, now, now],
  );
  const isAbove = kind !== 'personal' || Number(row?.own) === 1;
  const reviewOrganizationId = isAbove ? above(organizationId) : organizationId;
  return { reviewOrganizationId, disputeOrganizationId: above(reviewOrganizationId) };
}

/** Everybody who keeps it is a member or serves within the town's organisations. */
async function checkPeople(db: Db, round: Round, ids: readonly string[]): Promise<void> {
  const unique = [...new Set(ids)];
  const fitting = await membersAmong(db, round.organizationId, unique);
  if (fitting !== unique.length) throw new Problem('commitment.responsible-outside');
}

/** What may be public: no numbers of people; a place within the town; a day within the year. */
export function checkContent(
  { reference }: Pick<Caller, 'reference'>,
  round: Pick<Round, 'townId' | 'year' | 'endsOn'>,
  { title, words, forWords, forGridId, deadline }: Content,
): void {
  for (const [name, text] of Object.entries({ title, words, forWords })) {
    if (text && maskPhonesAndIds(text) !== text) {
      throw new Problem('commitment.personal-data', { fields: { [name]: '不要写电话号码和身份证号' } });
    }
  }
  if (!reference.tree.isWithin(forGridId, round.townId)) throw new Problem('commitment.for-outside');
  if (deadline < `${round.year}-01-01` || deadline > round.endsOn) {
    throw new Problem('commitment.deadline-outside', { fields: { deadline: `要在 ${round.endsOn} 以前` } });
  }
}

export const newCommitment = (
  caller: Caller,
  id: string,
  draft: Draft,
  debt: Debt,
): Omit<Commitment, 'responsibleId' | 'reviewOrganizationId' | 'disputeOrganizationId'> => ({
  ...contentOf(draft),
  ...debt,
  ...caller.reference.tree.columns(draft.forGridId),
  ...{ id, roundId: draft.roundId, state: 'draft', stage: 'open', version: 1, contentVersion: 1 },
  authorId: caller.personId,
  ...{ quantityDone: 0, percent: 0, partly: 0, carriesOver: 0, onSite: 0, raters: 0, stars: 0 },
  lateReason: draft.lateReason ?? null,
  ...{ mendBy: null, disputedFrom: null, correctsTo: null, correctedById: null, acceptedById: null },
  ...{ draftedAt: caller.now, publishedAt: null, deliveredAt: null, acceptedAt: null, closedAt: null },
  fingerprint: fingerprintOf(draft),
});

/** One row per version: nothing that was ever said is edited away. */
export const keepVersion = (
  db: Db,
  caller: Caller,
  row: Content & { id: string; contentVersion: number },
  reason: string | null,
): Promise<void> =>
  db.upsert(
    CommitmentVersion,
    [
      {
        ...contentOf(row),
        ...{ commitmentId: row.id, number: row.contentVersion, byId: caller.personId, byName: caller.name },
        ...{ at: caller.now, reason },
      },
    ],
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
  await checkPeople(db, round, [responsibleId, ...helperIds]);
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
