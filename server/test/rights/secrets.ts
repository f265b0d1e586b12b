import { ulid } from 'ulid';
import { InspectionDraw, InspectionItem } from '../../src/rooms/orders/inspection.entity';
import { showAll } from '../content';
import { journeyIn } from '../journey';
import type { TestServer } from '../server';
import type { Town } from '../town';
import type { PersonName } from '../town-cast';
import { photoOf } from '../upload';
import type { Things } from './crawl';
import { thingsOf } from './things';

/** A town full of orders, each with words of its own in every place where somebody writes something. */
export const orderNames = [
  'lamp', // done by the member, shown in the village; a neighbour said 我也是
  'quiet', // placed
  'hall', // an open task for the village
  'about', // asks for the village's accounts and complains about the lead of its desk
  'primary', // with the neighbour's `joined` merged into it
  'joined',
  'sealed', // confidential, opened by nobody
  'opened', // confidential, opened by the lead, in the member's hand
  'returned', // confidential, opened by the lead, given back by the other member
  'raised', // confidential, passed on to the town
  'conduct', // 作风反映
  'protected', // shown in the village and joined by a neighbour, made confidential since
  'sampled', // confidential, done, in the inspector's sample
] as const;
export type OrderName = (typeof orderNames)[number];

export interface Secrets extends Things {
  ids: Readonly<Record<OrderName, string>>;
  /** The photo of the order, where there is one. */
  photos: Partial<Record<OrderName, string>>;
}

export const contactOf = (name: OrderName) => ({
  contactName: `联系${name}`,
  contactPhone: `1390000${String(1000 + orderNames.indexOf(name))}`,
});
const saying = (name: OrderName) => ({ words: `${name}-words`, address: `${name}-address` });
const heard = (name: OrderName) => ({ words: `${name}-heard` });

export async function fillWithSecrets(server: TestServer, town: Town): Promise<Secrets> {
  const { does, doesTask, place, send, claim } = journeyIn(server, town);
  const ids: Partial<Record<OrderName, string>> = {};
  const taskIds: string[] = [];
  const photos: Secrets['photos'] = { lamp: await photoOf(town, 'resident'), sealed: await photoOf(town, 'resident') };

  const put = async (name: OrderName, person: PersonName, categoryId: string, more: object = {}): Promise<string> => {
    const photo = photos[name];
    const body = { categoryId, ...saying(name), ...contactOf(name), gridId: town.groups.a1, noticeRead: true };
    ids[name] = await place({ ...body, ...(photo ? { photoIds: [photo] } : {}), ...more }, person);
    return ids[name];
  };
  const accept = (name: OrderName, orderId: string, more: object = {}) =>
    does('deskLead', 'accept', orderId, { ...heard(name), title: `${name}-title`, ...more });
  const assign = async (orderId: string, to: PersonName): Promise<string> => {
    const taskId = await send(orderId, { mode: 'assigned', assigneeId: town.people[to].id });
    taskIds.push(taskId);
    return taskId;
  };
  const shown = (name: OrderName) => ({ publicSummary: `${name}-summary，请打13911112222` });

  const lamp = await put('lamp', 'resident', 'streetLight');
  await accept('lamp', lamp, shown('lamp'));
  await showAll(server, town);
  await does('otherResident', 'meToo', lamp, heard('lamp'));
  const lampTask = await send(lamp);
  await claim(lampTask, 'member');
  await doesTask('member', 'note', lampTask, heard('lamp'));
  await doesTask('member', 'report', lampTask, {
    outcome: 'solved',
    ...heard('lamp'),
    noPhotoReason: 'nothingVisible',
  });
  await does('resident', 'confirm', lamp, { contacted: true, solved: true, stars: 5, ...heard('lamp') });

  await put('quiet', 'resident', 'errand');
  const hall = await put('hall', 'resident', 'errand');
  await accept('hall', hall);
  taskIds.push(lampTask, await send(hall));
  await put('about', 'resident', 'villageAccounts', { subjectIds: [town.people.deskLead.id] });

  const primary = await put('primary', 'spouse', 'errand');
  await accept('primary', primary);
  const joined = await put('joined', 'otherResident', 'errand');
  await does('deskLead', 'merge', joined, { primaryId: primary });

  await put('sealed', 'resident', 'hardship');
  const opened = await put('opened', 'child', 'hardship');
  await accept('opened', opened);
  await claim(await assign(opened, 'member'), 'member');
  const returned = await put('returned', 'child', 'hardship');
  await accept('returned', returned);
  await doesTask('member2', 'giveBack', await assign(returned, 'member2'), { reason: 'relative' });
  const raised = await put('raised', 'child', 'hardship');
  await accept('raised', raised);
  await does('deskLead', 'escalate', raised, heard('raised'));
  await put('conduct', 'child', 'cadreConduct', { subjectIds: [town.people.deskLead.id] });

  const guarded = await put('protected', 'spouse', 'streetLight');
  await accept('protected', guarded, shown('protected'));
  await showAll(server, town);
  await does('otherResident', 'meToo', guarded, heard('protected'));
  taskIds.push(await send(guarded));
  await does('spouse', 'protect', guarded, heard('protected'));

  const sampled = await sample(server, town);
  taskIds.push(sampled.taskId);
  ids.sampled = sampled.orderId;
  await server.drain(town.townId);
  const all = ids as Record<OrderName, string>;
  return { ids: all, orderIds: Object.values(all), taskIds, drawIds: [sampled.drawId], photos };
}

/** In a drawn sample, and in nobody's hand any more but the inspector's. */
async function sample(server: TestServer, town: Town) {
  const at = new Date(server.clock.now());
  const secret = { categoryId: 'hardship', visibility: 'confidential' } as const;
  const standing = await thingsOf(
    server,
    town,
  )({
    ...{ ...secret, ...saying('sampled'), ...contactOf('sampled'), title: 'sampled-title' },
    ...{ state: 'confirmed', outcome: 'solved', closedAt: at, inSample: 1, deskPersonId: town.people.deskLead.id },
    task: { state: 'done', mode: 'assigned', holder: 'member', seat: 'reported', words: 'sampled-heard' },
  });
  const drawId = ulid();
  const draw = { gridId: town.townId, month: '2026-08', seed: '0', rule: { percent: 5, doubled: [], always: [] } };
  await server.world.database.transaction(async (db) => {
    await db.insert(InspectionDraw, [
      { id: drawId, ...draw, population: 1, drawnById: town.people.inspector.id, drawnAt: at },
    ]);
    await db.insert(InspectionItem, [{ drawId, orderId: standing.orderId, why: 'sampled' }]);
  });
  return { ...standing, drawId };
}
