import { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { isDuplicate, SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Reading } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import { implement, outsideFirst, type Route } from '../../foundation/http/implement';
import type { World } from '../../foundation/http/world';
import { act, maySee } from './act';
import { approveAll, publishAll } from './bulk.service';
import * as change from './change.service';
import { besideOf } from './commitment-detail.queries';
import { countCommitments } from './commitment-counts.queries';
import { listCommitments } from './commitment-list.queries';
import { loadCommitment } from './commitment-record';
import { linkOrder } from './linked-orders';
import { presentDetail, presentListed } from './commitments.presenter';
import { photoPairsOf } from './photo-pairs.queries';
import * as draft from './draft.service';
import * as said from './public.service';
import * as review from './review.service';
import { heard, verdictOn, verdictOnChange, verdictOnDeed, verdictOnOwn } from './word-checks';

async function detail(db: Reading, caller: Caller, commitmentId: string, world: World) {
  const record = await loadCommitment(db, caller, commitmentId);
  if (!record || !maySee(record, caller)) throw new Problem('commitment.not-found');
  return presentDetail(record, caller, await besideOf(db, record.id), world.signing);
}

/** A repeat by its author gets the deed as it stands; the same id for something else is told so. */
async function checkRepeat(db: Reading, caller: Caller, commitmentId: string, sent: unknown): Promise<void> {
  const [row] = await db.query<{ author_id: string; fingerprint: Buffer }>(
    'SELECT author_id, fingerprint FROM commitment WHERE id = ?',
    [commitmentId],
  );
  if (row?.author_id !== caller.personId) throw new Problem('commitment.id-taken');
  if (!row.fingerprint.equals(fingerprintOf(sent))) throw new Problem('commitment.sent-differently');
}

// Words that others will read are checked first (`verdictOn`), outside of the transaction (house.md rule 5).
export const commitmentsRoutes: Route[] = implement('commitments', commitmentsApi, {
  // PUT by the caller's id: INSERT, and on a duplicate leave the transaction (decisions.md §1.5).
  draft: outsideFirst({
    before: async () => ({ taken: false }),
    write: async ({ db, caller, params, body, prepared, world }) => {
      const sent = body();
      if (prepared.taken) await checkRepeat(db, caller, params.commitmentId, sent);
      else {
        await draft.draftCommitment(db, caller, params.commitmentId, sent).catch((error: unknown) => {
          if (!isDuplicate(error)) throw error;
          prepared.taken = true;
          throw new SomebodyWasQuicker();
        });
      }
      return detail(db, caller, params.commitmentId, world);
    },
  }),
  list: async ({ db, caller, query, world }) => {
    const { records, nextCursor } = await listCommitments(db, caller, query);
    const pairs = await photoPairsOf(db, records);
    const items = records.map((record) => presentListed(record, caller, pairs.get(record.id), world.signing));
    return { items, nextCursor };
  },
  counts: ({ db, caller }) => countCommitments(db, caller),
  read: ({ db, caller, params, world }) => detail(db, caller, params.commitmentId, world),
  approveMany: outsideFirst({ before: (call) => approveAll(call), write: async ({ prepared }) => prepared }),
  publishMany: outsideFirst({ before: (call) => publishAll(call), write: async ({ prepared }) => prepared }),

  rewrite: (call) => act(call, 'rewrite', draft.rewrite),
  submit: (call) => act(call, 'submit', draft.submit),
  recall: (call) => act(call, 'recall', draft.recall),
  return: (call) => act(call, 'return', draft.sendBack),
  approve: (call) => act(call, 'approve', review.approve),
  publish: outsideFirst({
    before: verdictOnDeed,
    write: ({ prepared, body, ...call }) =>
      act({ ...call, body: () => ({ ...body(), ...prepared }) }, 'publish', review.publish),
  }),
  opine: outsideFirst({
    before: (call) => verdictOn(call, 'opine'),
    write: (call) => act(heard(call), 'opine', said.opine),
  }),
  answerOpinion: (call) => act(call, 'answerOpinion', said.answerOpinion),
  progress: outsideFirst({
    before: (call) => verdictOnOwn(call, 'progress'),
    write: (call) => act(heard(call), 'progress', review.progress),
  }),
  linkOrder: (call) => act(call, 'linkOrder', linkOrder),
  requestChange: outsideFirst({
    before: verdictOnChange,
    write: (call) => act(heard(call), 'requestChange', change.requestChange),
  }),
  approveChange: (call) => act(call, 'approveChange', change.approveChange),
  refuseChange: (call) => act(call, 'refuseChange', change.refuseChange),
  deliver: outsideFirst({
    before: (call) => verdictOnOwn(call, 'deliver'),
    write: (call) => act(heard(call), 'deliver', review.deliver),
  }),
  takeBack: (call) => act(call, 'takeBack', review.takeBack),
  accept: (call) => act(call, 'accept', review.accept),
  reject: (call) => act(call, 'reject', review.reject),
  dispute: outsideFirst({
    before: (call) => verdictOn(call, 'dispute'),
    write: (call) => act(heard(call), 'dispute', said.dispute),
  }),
  uphold: (call) => act(call, 'uphold', said.uphold),
  dismiss: (call) => act(call, 'dismiss', said.dismiss),
  rate: outsideFirst({
    before: (call) => verdictOn(call, 'rate'),
    write: (call) => act(heard(call), 'rate', said.rate),
  }),
  showWords: (call) => act(call, 'showWords', said.showWords),
  hideWords: (call) => act(call, 'hideWords', said.hideWords),
  withdraw: (call) => act(call, 'withdraw', draft.withdraw),
  release: (call) => act(call, 'release', change.release),
  askCorrection: (call) => act(call, 'askCorrection', change.askCorrection),
  correct: (call) => act(call, 'correct', change.correct),
});
