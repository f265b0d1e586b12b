import { stageOf } from '@sandan/shared/lifecycle';
import { bindingLifecycle, type BindingState } from '@sandan/shared/people/binding.lifecycle';
import { bindingLimits, type BindingKind } from '@sandan/shared/people/binding.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { grantsOf } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { historyRow } from '../../foundation/lifecycle/move-row';
import { History } from '../../foundation/outbox/history.entity';
import { tiers, type GridNode, type TierColumns, type Tree } from '../../foundation/reference/tree';
import { bindPerson } from './bind-person';
import { BindingRequest } from './binding.entity';
import { asksSince, type RosterPerson } from './bindings.queries';

const day = 24 * 60 * 60_000;

interface Given {
  actionId: string;
  kind: BindingKind;
  gridId: string;
  target?: RosterPerson | undefined;
  householdId?: string | null | undefined;
  said?: { head: string; door: string } | undefined;
}

/** A request, or the record of a binding that needed none. Whether anybody on the roster fits makes no difference here. */
export async function askToBeBound(db: Db, caller: Caller, given: Given): Promise<void> {
  const since = new Date(caller.now.getTime() - day);
  if ((await asksSince(db, caller.personId, since)) >= bindingLimits.asksADay) throw new Problem('binding.too-many');
  const isPost = given.kind === 'post';
  await writeRequest(db, caller, given, isPost ? 'waitingAbove' : 'waiting');
}

/**
 * 扫了门牌码: the paper on a door proves nothing of who reads it, and a photo of it goes round. Somebody of the house says
 * yes, or the worker; until then he is a resident whom nobody has confirmed, and orders as one (domain.md §6).
 */
export function askFromDoor(
  db: Db,
  caller: Caller,
  { actionId, target, isRebinding }: { actionId: string; target: RosterPerson; isRebinding: boolean },
): Promise<void> {
  const known = isRebinding ? 'rebind' : 'disputed';
  const kind = target.boundAt === null ? 'doorCode' : known;
  const gridId = placeOf(target, caller.reference.tree);
  return askToBeBound(db, caller, { actionId, kind, gridId, target, householdId: target.householdId });
}

/**
 * 本人认定, by the number that the roster has of him: bound at once where nothing stands against it. A post never opens by that alone: it needs the level above
 * (domain.md §6); and whoever is bound already is not bound again without somebody looking. Says whether he is bound now.
 */
export async function bindOrAsk(
  db: Db,
  caller: Caller,
  {
    actionId,
    target,
    kind,
    isRebinding,
  }: { actionId: string; target: RosterPerson; kind: BindingKind; isRebinding: boolean },
): Promise<boolean> {
  const gridId = placeOf(target, caller.reference.tree);
  const ask = async (why: BindingKind) => {
    await askToBeBound(db, caller, { actionId, kind: why, gridId, target, householdId: target.householdId });
    return false;
  };
  if (target.boundAt !== null) return ask(isRebinding ? 'rebind' : 'disputed');
  if (target.posts.length > 0) return ask('post');
  await bindPerson(db, { newcomerId: caller.personId, target, kind, byId: target.id, now: caller.now });
  const bound = { ...caller, personId: target.id, name: target.name };
  await writeRequest(db, bound, { actionId, kind, gridId, target, householdId: target.householdId }, 'bound');
  return true;
}

/** Where the person lives; somebody without a household is looked for where he has his post. */
export function placeOf({ gridId, posts }: RosterPerson, tree: Tree): string {
  const post = posts.map(([, , kind, nodeId]) =>
    kind === 'grid' ? tree.grid(nodeId) : tree.gridsOfOrganization(nodeId)[0],
  );
  const place = gridId ?? post.find((grid) => grid !== undefined)?.id;
  if (!place) throw new Problem('binding.no-choice');
  return place;
}

/** The grid above the highest one that his posts reach; the county has nothing above it but its own. */
export function aboveOf({ posts }: RosterPerson, caller: Pick<Caller, 'reference'>): GridNode | null {
  const { tree } = caller.reference;
  const reached = grantsOf(posts, caller.reference).flatMap(({ grids }) => [...grids]);
  const [highest] = [...reached].sort((one, other) => tiers.indexOf(one.tier) - tiers.indexOf(other.tier));
  return highest ? (tree.parent(highest.id) ?? highest) : null;
}

export const aboveColumns = (above: GridNode | null, tree: Tree) => {
  const line: TierColumns = above
    ? tree.columns(above.id)
    : { countyId: null, townId: null, villageId: null, groupId: null };
  return {
    ...{ aboveCountyId: line.countyId, aboveTownId: line.townId },
    ...{ aboveVillageId: line.villageId, aboveGroupId: line.groupId },
  };
};

async function writeRequest(db: Db, caller: Caller, given: Given, state: BindingState): Promise<void> {
  const { actionId, kind, gridId, target, householdId = null, said } = given;
  const { tree } = caller.reference;
  const isOpen = state !== 'bound';
  const request: BindingRequest = {
    ...{ id: newId(caller.now), personId: caller.personId, waitingId: isOpen ? caller.personId : null },
    ...{ kind, state, stage: stageOf(bindingLifecycle, state), version: 1, gridId, ...tree.columns(gridId) },
    ...aboveColumns(target && target.posts.length > 0 ? aboveOf(target, caller) : null, tree),
    ...{ householdId, targetId: target?.id ?? null, saidHead: said?.head ?? null, door: said?.door ?? null },
    ...{ proof: null, confirmedById: null, confirmedBy: null, decision: null },
    ...{ doubtedById: null, doubtedAt: null },
    ...{ askedAt: caller.now, decidedAt: isOpen ? null : caller.now },
  };
  await db.insert(BindingRequest, [request]);
  const made = { caller, actionId, thing: 'binding', record: { ...request, version: 0 } } as const;
  const action = isOpen ? 'ask' : 'bind';
  await db.insert(History, [historyRow({ ...made, action }, { from: null, to: state, words: null, facts: { kind } })]);
  const act = isOpen ? 'askBinding' : 'bindSelf';
  const townId = tree.gridOf(gridId).town;
  await recordAct(db, caller, act, { thingId: request.id, townId, facts: { bindingKind: kind, gridId } });
}
