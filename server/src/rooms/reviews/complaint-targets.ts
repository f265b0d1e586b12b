import type { Caller } from '../../foundation/access/caller';
import type { CheckRoot } from '../../foundation/checks/ask-checks';
import type { CheckedName } from '../../foundation/checks/checked-fields';
import type { Reading } from '../../foundation/database/connect';
import { activityTarget } from '../activities/complaint-target.queries';
import { memberSeen } from '../commitments/cards.queries';
import { deedTarget, showcaseTarget } from '../commitments/complaint-target.queries';
import { orderTarget } from '../orders/complaint-target.queries';
import { sweepTarget } from '../sweeps/complaint-target.queries';

export interface About {
  field: CheckedName;
  thingId: string;
  said?: string | undefined;
}

export interface Target {
  field: CheckedName;
  thingId: string;
  authorId: string;
  root: CheckRoot;
  /** The word of an office: complaints alone do not hide it. */
  isOfficial: boolean;
}

/** What is complained about, if the caller sees it now; null where he does not. */
export async function complaintTarget(reading: Reading, caller: Caller, about: About): Promise<Target | null> {
  const { field, thingId } = about;
  if (field === 'person.card') return cardTarget(reading, caller, thingId);
  const found = await finders[field.split('.')[0] ?? '']?.(reading, caller, about);
  return found ? { field, thingId, ...found } : null;
}

/** `field`: where it is checked under another name than the page has for it. */
type Found = Omit<Target, 'field' | 'thingId'> & Partial<Pick<Target, 'field'>>;
type Find = (reading: Reading, caller: Caller, about: About) => Promise<Found | null>;
const finders: Readonly<Record<string, Find>> = {
  order: orderTarget,
  commitment: deedTarget,
  activity: activityTarget,
  showcase: showcaseTarget,
  sweep: sweepTarget,
};

async function cardTarget(reading: Reading, caller: Caller, personId: string): Promise<Target | null> {
  const member = await memberSeen(reading, caller, personId);
  if (!member) return null;
  const { tree } = caller.reference;
  // The desk of where his organisation is: whoever complains may live anywhere in the town.
  const gridId = tree
    .organizationLine(member.organizationId)
    .flatMap((id) => tree.gridsOfOrganization(id))
    .map(({ id }) => id)[0];
  if (gridId === undefined) return null;
  const root = { root: 'person' as const, rootId: personId, ...tree.columns(gridId) };
  return { field: 'person.card', thingId: personId, authorId: personId, root, isOfficial: true };
}
