import { ulid } from 'ulid';
import { RoleGrant } from '../../src/foundation/access/access.entity';
import type { Db } from '../../src/foundation/database/connect';
import type { Alarm } from '../../src/foundation/due-work/due-work';
import type { DueWork } from '../../src/foundation/due-work/due-work.entity';
import { ContentCheck } from '../../src/foundation/checks/content-check.entity';
import { makeReadAnew } from '../../src/foundation/reference/read-anew';
import { Activity } from '../../src/rooms/activities/activity.entity';
import { CareRelation, ProxyConsent } from '../../src/rooms/households/care.entity';
import { HouseholdFlag } from '../../src/rooms/households/household.entity';
import { LinkRequest, Visit } from '../../src/rooms/households/visit.entity';
import { CallNote } from '../../src/rooms/orders/call-note.entity';
import { BindingRequest } from '../../src/rooms/people/binding.entity';
import { Person } from '../../src/rooms/people/person.entity';
import { HandoverRow } from '../../src/rooms/posts/handover.entity';
import { Correction } from '../../src/rooms/privacy/privacy.entity';
import { Sweep, SweepTarget, SweepVisit } from '../../src/rooms/sweeps/sweep.entity';
import { treeDueWork } from '../../src/rooms/trees/trees.due-work';
import { tierTables } from '../../src/rooms';
import { clientOf } from '../client';
import type { TestServer } from '../server';

/** In every name, door and word of the far village, and nowhere else: whoever reads it reads what is not his. */
export const mark = '麤';
export const markedName = mark.repeat(3);
const marked = `${mark}的话`;

export interface FarVillage {
  id: string;
  townId: string;
  /** The 户号 of a house of it, and the phone of somebody there. */
  code: string;
  phone: string;
}

/**
 * A village that none of the prepared people has to do with, in another town than theirs: a group is moved there as an
 * administrator would, so that what stays behind by mistake is read by the old town and found. Then everything that its
 * people said or are called is marked, and it is given one of every kind of thing.
 */
export async function farVillage(server: TestServer, adminToken: string, now: Date): Promise<FarVillage> {
  const { database } = server.world;
  const [group] = await database.reading.query<{ id: string; villageId: string; countyId: string }>(
    `SELECT g.id, g.village_id AS villageId, g.county_id AS countyId FROM grid g
     WHERE g.tier = 'group' AND NOT EXISTS (
       SELECT 1 FROM person p LEFT JOIN household h ON h.id = p.household_id LEFT JOIN grid d ON d.id = h.grid_id
         LEFT JOIN role_grant r ON r.person_id = p.id LEFT JOIN grid s ON s.id = r.node_id
       WHERE p.demo_key IS NOT NULL AND g.village_id IN (d.village_id, s.village_id))
       AND (SELECT COUNT(*) FROM service_order o WHERE o.group_id = g.id) BETWEEN 6 AND 12
       
     ORDER BY g.id LIMIT 1`,
  );
  if (!group) throw new Error('No group of the demo is small and far from the prepared people');
  const { countyId } = group;
  const [townId, id, changeId] = [ulid(), ulid(), ulid()];
  const admin = clientOf(server.url, adminToken);
  const reason = '区划调整';
  const add = (nodeId: string, parentId: string, name: string, code: string) =>
    admin.ok('trees.add', { params: { tree: 'grid', nodeId }, body: { parentId, name, code, reason } });
  await add(townId, countyId, '远山镇', '999988887777');
  await add(id, townId, '远山村', '999988887778');
  const moving = { actionId: changeId, change: { kind: 'move', parentId: id }, reason } as const;
  await admin.ok('trees.change', { params: { tree: 'grid', nodeId: group.id }, body: moving });
  await follow(server, changeId, now);
  const far: FarVillage = { id, townId, code: 'FAR-0001', phone: '15400009999' };
  await database.transaction(async (db) => {
    await ofItsOwn(db, far, group.id);
    await putOneOfEach(db, far, now);
    for (const [sql, values] of marking(db, far)) await db.write(sql, values);
    await makeReadAnew(db);
  });
  return far;
}

/** What the worker does about that change, and nothing else of the demo's own clocks. */
async function follow({ world: { database, references } }: TestServer, changeId: string, now: Date): Promise<void> {
  const reference = await references.current();
  const row = { thingId: changeId, rung: 0 } as DueWork;
  for (let due: Alarm | null = { at: now, rung: 0 }; due !== null && due.at <= now;)
    due = await database.transaction(
      async (db) => (await treeDueWork(tierTables)['treeChange']?.(db, row, now, reference)) ?? null,
    );
}

/** It has always had a desk and a branch of its own: what was settled at another village's desk is that one's to read. */
async function ofItsOwn(db: Db, { id, townId }: FarVillage, groupId: string): Promise<void> {
  await db.write(
    `UPDATE service_order SET desk_grid_id = ?, desk_town_id = ?, desk_village_id = ?, desk_group_id = NULL WHERE group_id = ?`,
    [id, townId, id, groupId],
  );
  await db.write(
    `UPDATE task t JOIN service_order o ON o.id = t.order_id
     SET t.scope_grid_id = ?, t.scope_town_id = ?, t.scope_village_id = ?, t.scope_group_id = NULL WHERE o.group_id = ?`,
    [id, townId, id, groupId],
  );
  const branchId = ulid();
  await db.write('DELETE FROM party_grid WHERE grid_id = ?', [groupId]);
  await db.write("INSERT INTO party_organization (id, org_rank, name) VALUES (?, 'branch', '远山村党支部')", [
    branchId,
  ]);
  await db.write('INSERT INTO party_ancestor (ancestor_id, descendant_id, depth) VALUES (?, ?, 0)', [
    branchId,
    branchId,
  ]);
  await db.write('INSERT INTO party_grid (organization_id, grid_id) VALUES (?, ?)', [branchId, id]);
}

async function putOneOfEach(db: Db, far: FarVillage, now: Date): Promise<void> {
  const [home] = await db.query<{ householdId: string; gridId: string; personId: string }>(
    `SELECT h.id AS householdId, h.grid_id AS gridId, MIN(p.id) AS personId FROM household h JOIN grid g ON g.id = h.grid_id
       JOIN person p ON p.household_id = h.id WHERE g.village_id = ? AND h.closed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM role_grant r WHERE r.person_id = p.id) GROUP BY h.id, h.grid_id ORDER BY h.id LIMIT 1`,
    [far.id],
  );
  const [grid] = await db.query<{ countyId: string }>('SELECT county_id AS countyId FROM grid WHERE id = ?', [far.id]);
  const [admin] = await db.query<{ id: string }>("SELECT id FROM person WHERE demo_key = 'admin'");
  if (!home || !grid || !admin) throw new Error('The far village has nobody');
  const { householdId, gridId, personId } = home;
  const line = { countyId: grid.countyId, townId: far.townId, villageId: far.id, groupId: gridId };
  const newcomerId = ulid();
  await db.write('UPDATE household SET code = ? WHERE id = ?', [far.code, householdId]);
  await db.write('UPDATE person SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
    db.vault.seal('person.phone', far.phone),
    db.vault.index('person.phone', far.phone),
    personId,
  ]);
  await db.insert(Person, [{ id: newcomerId, name: markedName, createdAt: now }]);
  await db.insert(BindingRequest, [
    {
      ...{ id: ulid(), personId: newcomerId, waitingId: newcomerId, kind: 'said', state: 'waiting', stage: 'open' },
      ...{ version: 1, gridId, ...line, householdId, saidHead: markedName, door: mark, askedAt: now },
    },
  ]);
  const correction = { id: ulid(), personId, askedById: personId, gridId, field: 'name', words: marked } as const;
  await db.insert(Correction, [{ ...correction, before: mark, after: markedName, state: 'asked', askedAt: now }]);
  const asked = { id: ulid(), householdId, gridId, memberId: personId, personId, words: marked, at: now };
  await db.insert(LinkRequest, [asked]);
  const visit = { id: ulid(), householdId, gridId, townId: far.townId, memberId: personId, result: 'met' } as const;
  const said = { words: marked, metWords: markedName, needs: [], changes: 0, fingerprint: Buffer.alloc(32) };
  await db.insert(Visit, [{ ...visit, at: now, recordedAt: now, ...said }]);
  const flag = { id: ulid(), householdId, flag: 'minimumLiving', source: 'roster', ground: 'law' } as const;
  await db.insert(HouseholdFlag, [{ ...flag, since: '2026-01-01', checkedUntil: '2027-01-01', addedAt: now }]);
  const node = { id: ulid(), tree: 'grid', nodeId: far.id, kind: 'transfer', state: 'prepared', isOpen: 1 } as const;
  const plan = { until: null, openReason: null, moveLinks: false, posts: [] };
  const by = { byId: admin.id, byName: markedName, at: now, effectiveAt: new Date(now.getTime() + 86_400_000) };
  await db.insert(HandoverRow, [{ ...node, plan, done: null, words: marked, ...by }]);
  await db.insert(RoleGrant, [
    {
      ...{ id: ulid(), personId, role: 'smallGridLead', kind: null, tree: 'grid', nodeId: gridId, startsAt: now },
      ...{ endsAt: by.effectiveAt, behalfOfId: newcomerId },
    },
  ]);
  const care = { id: ulid(), carerId: newcomerId, householdId, state: 'asked', openMark: 1, kinship: 'child' } as const;
  await db.insert(CareRelation, [{ ...care, askedAt: now }]);
  const proxy = {
    id: ulid(),
    personId,
    householdId,
    agentId: newcomerId,
    how: 'spoken',
    recordedById: personId,
  } as const;
  await db.insert(ProxyConsent, [{ ...proxy, startsOn: '2026-09-01', endsOn: '2026-12-31', recordedAt: now }]);
  await db.insert(Activity, [
    {
      ...{ id: ulid(), kind: 'training', audience: 'everyone', title: mark, words: marked, place: mark, gridId },
      ...{ startsAt: now, endsAt: new Date(now.getTime() + 86_400_000), places: null, version: 1 },
      ...{ setById: personId, setAt: now, cancelledAt: null, cancelWords: null },
    },
  ]);
  await putSweep(db, { ...line, gridId, householdId, personId, now });
  await putDeskWork(db, line, now);
}

/** What waits at the village's desk about an order of its people: to be looked at, and to be rung. */
async function putDeskWork(db: Db, line: { villageId: string }, now: Date): Promise<void> {
  const [order] = await db.query<{ id: string; requesterId: string }>(
    `SELECT o.id, o.requester_id AS requesterId FROM service_order o
     WHERE o.village_id = ? AND o.requester_id IS NOT NULL AND ${untouched} ORDER BY o.id LIMIT 1`,
    [line.villageId],
  );
  if (!order) throw new Error('The far village has ordered nothing');
  await db.insert(ContentCheck, [
    {
      ...{ id: ulid(), field: 'order.words', thingId: order.id, authorId: order.requesterId, root: 'order' },
      ...{ rootId: order.id, ...line, state: 'doubtful', held: 1, atDesk: 1, sampled: 0, tries: 1, createdAt: now },
    },
  ]);
  await db.insert(CallNote, [
    {
      ...{ id: ulid(), orderId: order.id, eventId: ulid(), reason: 'asking', state: 'waiting', since: now },
      ...{ nextAt: now, tries: 0 },
    },
  ]);
}

interface SweptHouse {
  countyId: string;
  townId: string;
  villageId: string;
  groupId: string;
  gridId: string;
  householdId: string;
  personId: string;
  now: Date;
}

async function putSweep(db: Db, { gridId, householdId, personId, now, ...line }: SweptHouse): Promise<void> {
  const [sweepId, targetId, visitId] = [ulid(), ulid(), ulid()];
  const fingerprint = Buffer.alloc(32);
  await db.insert(Sweep, [
    {
      ...{ id: sweepId, kind: 'check', title: marked, purpose: marked, orderedBy: marked, gridId: line.villageId },
      ...{ ...line, groupId: null, state: 'running', stage: 'working', version: 2, selectedBy: 'all', flags: null },
      ...{ listed: [], namesPeople: 1, questions: [], places: [], deadline: new Date(now.getTime() + 86_400_000) },
      ...{ setById: personId, setAt: now, startedAt: now, closedAt: null, fingerprint },
    },
  ]);
  await db.insert(SweepTarget, [
    { id: targetId, sweepId, householdId, gridId, ...line, people: 1, holderId: personId, state: 'met', visitId },
  ]);
  const said = JSON.stringify({ answers: {}, persons: [], confirmedIds: [], additions: marked, words: marked });
  await db.insert(SweepVisit, [
    {
      ...{ id: visitId, sweepId, targetId, byId: personId, result: 'met', visitedAt: now, recordedAt: now },
      ...{ late: 0, peopleMet: 1, findings: 0, additions: 1, said, fingerprint },
    },
  ]);
}

/** Nobody of the prepared people has had a hand in it. */
const untouched = `NOT EXISTS (SELECT 1 FROM history t JOIN person d ON d.id = t.actor_id AND d.demo_key IS NOT NULL
  WHERE t.aggregate_id = o.id)`;
const inFar = 'JOIN grid g ON g.id = h.grid_id AND g.village_id = ?';

/** Of members and officers, names and promises are public beyond their village: residents alone are marked. */
const marking = (db: Db, { id }: FarVillage): [sql: string, values: string[]][] => [
  [
    `UPDATE person p JOIN household h ON h.id = p.household_id ${inFar} SET p.name = '${markedName}'
     WHERE NOT EXISTS (SELECT 1 FROM role_grant r WHERE r.person_id = p.id)
       AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.person_id = p.id)`,
    [id],
  ],
  [`UPDATE household h ${inFar} SET h.door_sealed = ?`, [id, String(db.vault.seal('household.door', mark))]],
  [
    `UPDATE service_order o SET o.title = '${marked}', o.words = '${marked}', o.contact_name = '${markedName}',
       o.beneficiary_name = '${markedName}', o.public_summary = IF(o.public_summary IS NULL, NULL, '${marked}'),
       o.address_sealed = ? WHERE o.village_id = ? AND ${untouched}`,
    [String(db.vault.seal('order.address', mark)), id],
  ],
  [
    `UPDATE history x JOIN service_order o ON o.id = x.aggregate_id SET x.words = '${marked}'
     WHERE o.village_id = ? AND o.title = '${marked}' AND x.words IS NOT NULL`,
    [id],
  ],
  ...['order_answer', 'order_party'].map((table): [string, string[]] => [
    `UPDATE ${table} x JOIN service_order o ON o.id = x.order_id SET x.words = '${marked}'
     WHERE o.village_id = ? AND o.title = '${marked}'`,
    [id],
  ]),
  [
    `UPDATE task x JOIN service_order o ON o.id = x.order_id SET x.note = '${marked}', x.words = '${marked}'
     WHERE o.village_id = ? AND o.title = '${marked}'`,
    [id],
  ],
  [
    `UPDATE message m JOIN person p ON p.id = m.person_id JOIN household h ON h.id = p.household_id ${inFar}
     SET m.title = '${marked}', m.words = '${marked}'`,
    [id],
  ],
  [`UPDATE visit v JOIN household h ON h.id = v.household_id ${inFar} SET v.words = '${marked}'`, [id]],
];
