import type { CommitmentAction, CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import type { Permission } from '@sandan/shared/access/roles';
import type { RowSource, Rule } from '../../foundation/access/rules';
import { snakeOf } from '../../foundation/database/rows';
import type { CommitmentRecord } from './commitment-record';

/** The row rules of a deed: data, read as sentences. See foundation/access/rules.ts. */
export type CommitmentColumn =
  | 'authorId'
  | 'responsibleId'
  | 'personId'
  | 'acceptedById'
  | 'correctedById'
  | 'kind'
  | 'state'
  | 'organizationId'
  | 'reviewOrganizationId'
  | 'disputeOrganizationId'
  | 'held'
  | 'roundOrganizationId';
export type CommitmentRelation = 'helper' | 'disputer' | 'changeAsker';
export type CommitmentRule = Rule<CommitmentColumn, CommitmentRelation>;

export const commitmentSource: RowSource<CommitmentColumn, CommitmentRelation> = {
  sqlColumn: (column) => (column === 'roundOrganizationId' ? 'r.organization_id' : `c.${snakeOf(column)}`),
  sqlTier: (_prefix, tier) => `c.${tier}_id`,
  sqlRelation: {
    helper: 'EXISTS (SELECT 1 FROM commitment_helper x WHERE x.commitment_id = c.id AND x.person_id = ?)',
    disputer:
      'EXISTS (SELECT 1 FROM commitment_dispute x WHERE x.commitment_id = c.id AND x.is_open = 1 AND x.person_id = ?)',
    changeAsker:
      'EXISTS (SELECT 1 FROM commitment_change x WHERE x.commitment_id = c.id AND x.is_open = 1 AND x.by_id = ?)',
  },
  people: (row, relation) => peopleOf(row as unknown as CommitmentRecord, relation),
};

function peopleOf(record: CommitmentRecord, relation: CommitmentRelation): string[] {
  switch (relation) {
    case 'helper':
      return record.helperIds;
    case 'disputer':
      return record.openDisputeBy === null ? [] : [record.openDisputeBy];
    case 'changeAsker':
      return record.openChange === null ? [] : [record.openChange.byId];
  }
}

const anyOf = (...rules: CommitmentRule[]): CommitmentRule => ({ kind: 'anyOf', rules });
const allOf = (...rules: CommitmentRule[]): CommitmentRule => ({ kind: 'allOf', rules });
const not = (rule: CommitmentRule): CommitmentRule => ({ kind: 'not', rule });
const me = (column: CommitmentColumn): CommitmentRule => ({ kind: 'me', column });
const is = (column: CommitmentColumn, ...values: (string | number)[]): CommitmentRule => ({
  kind: 'is',
  column,
  values,
});
const among = (relation: CommitmentRelation): CommitmentRule => ({ kind: 'among', relation });
/** `own`: neither for himself nor for the one he stands in for (代理). */
const over = (permission: Permission, column: CommitmentColumn, own?: CommitmentRule): CommitmentRule => ({
  kind: 'overOrganization',
  permission,
  column,
  ...(own ? { own } : {}),
});

const ofOrganization = not(is('kind', 'personal'));
/** Secretary or deputy of the very organisation: the level above reviews its deeds and does not write them. */
const itsSecretary = allOf(ofOrganization, {
  kind: 'overOrganization',
  permission: 'commitment.draft',
  column: 'organizationId',
  exactly: true,
});
/** Whoever answers for the deed. */
const own = anyOf(me('personId'), me('responsibleId'), itsSecretary);
const author = anyOf(me('authorId'), me('personId'), itsSecretary);

/** Nobody reviews, accepts or disputes away their own. */
const party = anyOf(me('authorId'), me('responsibleId'), me('personId'), among('helper'));
/** Who only wrote it down, for a member without a phone or from a sheet, does not approve it, but sees it through. */
const keeper = anyOf(me('responsibleId'), me('personId'), among('helper'));
const reviewer = (permission: Permission, own = keeper): CommitmentRule =>
  allOf(over(permission, 'reviewOrganizationId', own), not(own));
const above = (permission: Permission): CommitmentRule => {
  const own = anyOf(party, among('disputer'), me('acceptedById'));
  return allOf(over(permission, 'disputeOrganizationId', own), not(own));
};

/** Done by time or by events. */
const nobody = anyOf();

/** From publication on; what was withdrawn or released is nobody's business any more. */
export const publicStates: readonly CommitmentState[] = [
  ...(['published', 'delivered', 'disputed', 'accepted'] as const),
  ...(['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver'] as const),
];
const isPublic = is('state', ...publicStates);
/** 承诺墙: what is public, for whoever lives or serves in the town. */
export const wallRule: CommitmentRule = allOf(isPublic, is('held', 0), { kind: 'ofTown', prefix: '' });
/** Mine, or mine to keep. */
export const mineRule: CommitmentRule = anyOf(me('authorId'), me('responsibleId'), me('personId'));
/** 我们村的: promised to the village I live in, to one of its groups, or to everybody in the town. */
export const hereRule: CommitmentRule = anyOf({ kind: 'homeVillage', prefix: '' }, { kind: 'livesIn', prefix: '' });
/** The residents it was promised to, and members who serve them. */
const promisedTo = anyOf({ kind: 'livesIn', prefix: '' }, { kind: 'meets', permission: 'task.claim', prefix: '' });

export const readRule: CommitmentRule = anyOf(
  wallRule,
  party,
  over('commitment.draft', 'organizationId'),
  over('commitment.approve', 'reviewOrganizationId'),
);

const town = (permission: Permission): CommitmentRule => over(permission, 'roundOrganizationId');

export const commitmentPolicy: Readonly<Record<CommitmentAction, CommitmentRule>> = {
  draft: own,
  rewrite: author,
  submit: author,
  recall: author,
  withdraw: author,
  return: reviewer('commitment.return', party),
  approve: reviewer('commitment.approve', party),
  // The secretary makes public what was approved: for a member's deed and for the organisation's own.
  publish: over('commitment.publish', 'organizationId'),
  opine: allOf(promisedTo, not(party)),
  answerOpinion: over('commitment.answerOpinion', 'organizationId'),
  progress: anyOf(own, among('helper')),
  linkOrder: anyOf(own, among('helper')),
  countOrders: nobody,
  requestChange: own,
  approveChange: allOf(reviewer('commitment.approveChange'), not(among('changeAsker'))),
  refuseChange: allOf(reviewer('commitment.refuseChange'), not(among('changeAsker'))),
  deliver: own,
  takeBack: own,
  accept: reviewer('commitment.accept'),
  reject: reviewer('commitment.reject'),
  dispute: allOf(promisedTo, not(party)),
  uphold: above('commitment.uphold'),
  dismiss: above('commitment.dismiss'),
  rate: allOf(promisedTo, not(party)),
  // Who reviews the deed, never whoever it is about.
  showWords: reviewer('commitment.showWords'),
  hideWords: reviewer('commitment.hideWords'),
  release: reviewer('commitment.release'),
  close: town('round.close'),
  askCorrection: town('commitment.askCorrection'),
  correct: allOf(town('commitment.correct'), not(me('correctedById')), not(party)),
};
