import { helperKinds, roleNames } from '@sandan/shared/access/roles';
import type { QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import type { peopleApi } from '@sandan/shared/people/people.contract';
import { Problem } from '@sandan/shared/problems';
import { grantsWith, type Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import { fullName, type Tree } from '../../foundation/reference/tree';
import {
  findHelpers,
  findResidents,
  namesFromStart,
  orderFacts,
  taskInHand,
  type FoundHelper,
  type FoundResident,
  type OrderFacts,
} from './find-people.queries';

type Reply = ReplyOf<typeof peopleApi.find>;
type Found = Reply['people'];
type Query = QueryOf<typeof peopleApi.find>;

/** Whom to give it to, or whom to order for; at most 30, best placed first. */
export async function findPeople(reading: Reading, caller: Caller, query: Query): Promise<Reply> {
  const { orderId, taskId, q = null } = query;
  switch (query.purpose) {
    case 'dispatch':
      if (!orderId) throw new Problem('request.bad-input', { fields: { orderId: '请选择单子' } });
      return { people: await forDispatch(reading, caller, orderId, q), namesFromStart: false };
    case 'handOver':
      if (!taskId) throw new Problem('request.bad-input', { fields: { taskId: '请选择任务' } });
      return { people: await forHandOver(reading, caller, taskId, q), namesFromStart: false };
    case 'proxy':
      return forProxy(reading, caller, q);
  }
}

async function forDispatch(reading: Reading, caller: Caller, orderId: string, q: string | null): Promise<Found> {
  const order = await orderFacts(reading, orderId, caller.personId);
  if (!order || !isOnDesk(order, caller)) throw new Problem('order.not-found');
  const { tree } = caller.reference;
  const skill = caller.reference.category(order.categoryId)?.skill ?? null;
  const helpers = await findHelpers(reading, {
    ...{ orderId, q, skill, skillOnly: false, partyMembersOnly: false, exceptId: null, now: caller.now },
    gridIds: gridsInLine(tree, order.deskGridId),
    householdId: order.householdId,
  });
  return helpers.map((helper) => helperReply(helper, caller));
}

/** The order lies with a desk of mine; a confidential one only with its named person (domain.md §3.5), one about me never. */
function isOnDesk(order: OrderFacts, caller: Caller): boolean {
  if (Number(order.aboutCaller) === 1) return false;
  if (order.confidential === 1 && order.deskPersonId !== caller.personId) return false;
  return grantsWith(caller, 'order.dispatch')
    .filter(({ role }) => (role === 'disciplineDesk') === (order.deskKind === 'discipline'))
    .flatMap(({ grids }) => grids)
    .some((grid) => caller.reference.tree.isWithin(order.deskGridId, grid.id));
}

async function forHandOver(reading: Reading, caller: Caller, taskId: string, q: string | null): Promise<Found> {
  const task = await taskInHand(reading, taskId, caller.personId);
  if (!task) throw new Problem('task.not-found');
  const helpers = await findHelpers(reading, {
    ...{ orderId: task.orderId, householdId: task.householdId, q, now: caller.now, exceptId: caller.personId },
    ...{ skill: task.skill, skillOnly: task.skill !== null, partyMembersOnly: task.partyMembersOnly === 1 },
    gridIds: gridsInLine(caller.reference.tree, task.scopeGridId),
  });
  return helpers.map((helper) => helperReply(helper, caller));
}

/** Residents of the grids I serve, by masked name only: whom I order for, I know by sight. */
async function forProxy(reading: Reading, caller: Caller, q: string | null): Promise<Reply> {
  const { tree } = caller.reference;
  const served = grantsWith(caller, 'person.find').flatMap(({ grids }) => grids);
  const gridIds = tree.grids.filter(({ id }) => served.some((grid) => tree.isWithin(id, grid.id))).map(({ id }) => id);
  const residents = await findResidents(reading, { gridIds, callerId: caller.personId, q, now: caller.now });
  return {
    people: residents.map((resident) => residentReply(resident, tree)),
    namesFromStart: namesFromStart(gridIds),
  };
}

/** Grids above, below and at this one: whoever serves one of them may be sent there. */
const gridsInLine = (tree: Tree, gridId: string): string[] =>
  tree.grids.filter(({ id }) => tree.isWithin(id, gridId) || tree.isWithin(gridId, id)).map(({ id }) => id);

function helperReply(helper: FoundHelper, { now, reference: { tree } }: Caller): Found[number] {
  const { personId, name, load, linked, awayUntil } = helper;
  const grid = tree.grid(helper.nodeId);
  return {
    ...{ personId, name, load, linked },
    kindName: helper.kind ? helperKinds[helper.kind] : roleNames[helper.role],
    place: grid ? fullName(grid, tree) : (tree.organization(helper.nodeId)?.name ?? ''),
    skills: helper.skills,
    away: awayUntil !== null && awayUntil > now,
  };
}

function residentReply({ personId, name, gridId, door, linked }: FoundResident, tree: Tree): Found[number] {
  const grid = tree.grid(gridId);
  return {
    ...{ personId, linked, name: maskName(name), kindName: roleNames.resident },
    place: `${grid ? fullName(grid, tree) : ''}${door ?? ''}`,
    ...{ load: 0, skills: [], away: false },
  };
}
