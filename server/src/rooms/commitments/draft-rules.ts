import { isPersonal, type CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { Problem, type ProblemCode, type ProblemFields } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { maskPhonesAndIds } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import type { Content } from './commitment.entity';
import { keeper, keeperOf } from './keepers.queries';
import type { Round } from './round.entity';

/** The rules of 拟诺 (domain.md §5.2), as arithmetic on what was read before: for one draft, or for thousands of an import. */

/** What a draft says of its owner. */
export interface Claim {
  kind: CommitmentKind;
  organizationId?: string | undefined;
  personId?: string | undefined;
}

/** Whose deed it is. */
export interface Debt {
  kind: CommitmentKind;
  organizationId: string;
  personId: string | null;
}

/** Somebody who is not disabled, as the rules see him. */
export interface DraftPerson {
  /** The organisation that holds his membership (组织关系). */
  homeId: string | null;
  /** Secretary of that very organisation: his own deeds are reviewed above. */
  leadsHome: boolean;
  /** Member or serving within the organisations of the round: may keep a deed. */
  fits: boolean;
}
export type DraftPeople = ReadonlyMap<string, DraftPerson>;

/** Everybody in these drafts, in one round trip. */
export async function draftPeople(
  db: Reading,
  { organizationId }: Pick<Round, 'organizationId'>,
  now: Date,
  ids: readonly string[],
): Promise<DraftPeople> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: string; home: string | null; leads: number; fits: number }>(
    `SELECT p.id, p.home_organization_id AS home,
       EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id AND g.node_id = p.home_organization_id
         AND g.role = 'partySecretary' AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)) AS leads,
       (${keeper}) AS fits
     FROM person p WHERE p.id IN (?) AND p.disabled_at IS NULL`,
    [now, now, ...keeperOf(organizationId, now), [...new Set(ids)]],
  );
  return new Map(
    rows.map(({ id, home, leads, fits }) => [
      id,
      { homeId: home, leadsHome: Number(leads) === 1, fits: Number(fits) === 1 },
    ]),
  );
}

/** In the time of drafting; afterwards with a reason, while the year is under way. */
export function checkTime({ state }: Pick<Round, 'state'>, lateReason: string | undefined): void {
  if (state === 'closing' || state === 'closed') throw new Problem('commitment.round-over');
  if (state === 'drafting') return;
  if (state === 'preparing' || !lateReason) throw new Problem('commitment.round-not-open');
}

/** For oneself, for one's organisation, or by the secretary for a member without a phone. */
export function debtOf(
  caller: Caller,
  { kind, organizationId, personId }: Claim,
  round: Pick<Round, 'organizationId'>,
  people: DraftPeople,
): Debt {
  const lineOf = (id: string) => caller.reference.tree.organizationLine(id);
  if (!isPersonal(kind)) {
    const isOwn = organizationId !== undefined && isSecretaryAt(caller, (nodeId) => nodeId === organizationId);
    if (!isOwn || !lineOf(organizationId).includes(round.organizationId)) throw new Problem('commitment.not-yours');
    return { kind, organizationId, personId: null };
  }
  const debtorId = personId ?? caller.personId;
  const home = people.get(debtorId)?.homeId ?? null;
  const line = home === null ? [] : lineOf(home);
  if (home === null || !line.includes(round.organizationId)) throw new Problem('commitment.not-a-member');
  if (debtorId !== caller.personId && !isSecretaryAt(caller, (nodeId) => line.includes(nodeId)))
    throw new Problem('commitment.not-yours');
  return { kind, organizationId: home, personId: debtorId };
}

const isSecretaryAt = (caller: Caller, fits: (nodeId: string) => boolean): boolean =>
  ledOrganizations(caller).some(fits);

/** Where the caller is secretary or deputy: he may draft for these, and for the members of these and of all below. */
export const ledOrganizations = ({ grants }: Pick<Caller, 'grants'>): string[] =>
  grants.flatMap(({ tree, nodeId, role }) =>
    tree === 'party' && (role === 'partySecretary' || role === 'deputySecretary') ? [nodeId] : [],
  );

/** A member's deed is reviewed by his branch; an organisation's, and a secretary's own, by the level above. */
export function reviewersOf({ reference: { tree } }: Pick<Caller, 'reference'>, debt: Debt, people: DraftPeople) {
  const { kind, organizationId, personId } = debt;
  const above = (id: string): string => tree.organization(id)?.parentId ?? id;
  const isAbove = !isPersonal(kind) || (personId !== null && people.get(personId)?.leadsHome === true);
  const reviewOrganizationId = isAbove ? above(organizationId) : organizationId;
  return { reviewOrganizationId, disputeOrganizationId: above(reviewOrganizationId) };
}

/** Everybody who keeps it is a member or serves within the town's organisations. */
export function checkKeepers(ids: readonly string[], people: DraftPeople): void {
  if (!ids.every((id) => people.get(id)?.fits)) throw new Problem('commitment.responsible-outside');
}

/** What may not be public, or not in this year. */
export interface ContentFault {
  code: ProblemCode;
  fields?: ProblemFields;
}

/** What may be public: no numbers of people; a place within the town; a day within the year. */
export function contentFaults(
  { reference }: Pick<Caller, 'reference'>,
  round: Pick<Round, 'townId' | 'year' | 'endsOn'>,
  { title, words, forWords, forGridId, deadline }: Content,
): ContentFault[] {
  const personal = Object.entries({ title, words, forWords }).filter(
    ([, text]) => text && maskPhonesAndIds(text) !== text,
  );
  const faults: ContentFault[] = personal.map(([name]) => ({
    code: 'commitment.personal-data',
    fields: { [name]: '不要写电话号码和身份证号' },
  }));
  if (!reference.tree.isWithin(forGridId, round.townId)) faults.push({ code: 'commitment.for-outside' });
  if (deadline < `${round.year}-01-01` || deadline > round.endsOn) {
    const fields = { deadline: `要在 ${round.endsOn} 以前` };
    faults.push({ code: 'commitment.deadline-outside', fields });
  }
  return faults;
}

export function checkContent(...given: Parameters<typeof contentFaults>): void {
  const [fault] = contentFaults(...given);
  if (fault) throw new Problem(fault.code, fault.fields ? { fields: fault.fields } : {});
}
