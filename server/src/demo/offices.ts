import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import { RoleGrant } from '../foundation/access/access.entity';
import { endOfTerm, windTerms } from '../foundation/access/given-posts';
import type { Db } from '../foundation/database/connect';
import { DueWork } from '../foundation/due-work/due-work.entity';
import { HandoverRow } from '../rooms/posts/handover.entity';
import { TreeChangeRow } from '../rooms/trees/tree-change.entity';
import { demoVillage, type VillageHomes } from './posts';
import type { Population } from './population';
import { createRandom } from './random';
import type { Stage } from './stage';

const days = 24 * 60 * 60_000;

interface Offices {
  db: Db;
  today: Date;
  newId: () => string;
  by: { byId: string; byName: string; at: Date };
}

/**
 * What the screens of posts and trees are for: a desk that nobody holds since yesterday and the town serves (代管),
 * groups there without a worker, a stand-in, an election that is prepared, and a name that changes next month. In villages where no visitor plays;
 * and somebody whom a visitor does play, asked about his tasks when his post ended.
 */
export async function openOffices(db: Db, { population, today }: Stage): Promise<void> {
  const [vacant, away, electing, renamed] = population.villages.filter(
    ({ village }) => village.grid.name !== demoVillage,
  );
  if (!vacant || !away || !electing || !renamed) throw new Error('The demo town has too few villages');
  const random = createRandom(today.getTime() % 1_000_003);
  const { row: admin } = population.prepared.admin;
  const at = new Date(today.getTime() - 2 * days);
  const by = { byId: admin.id, byName: admin.name, at };
  const offices: Offices = { db, today, newId: () => random.id(at), by };
  await leaveDesk(offices, vacant);
  await leaveGroups(offices, vacant);
  await standIn(offices, away);
  await prepareElection(offices, electing);
  await planName(offices, renamed);
  await endMediator(offices, population);
  await windAll(offices, population);
}

async function leaveDesk({ db, today, by }: Offices, { village }: VillageHomes): Promise<void> {
  await db.write(
    "UPDATE role_grant SET ends_at = ?, end_reason = '调到镇里工作', ended_by_id = ? WHERE role = 'deskLead' AND node_id = ?",
    [new Date(today.getTime() - days), by.byId, village.grid.id],
  );
}

/** 一格三员: two of its groups wait for a worker. */
async function leaveGroups({ db, today, by }: Offices, { groups }: VillageHomes): Promise<void> {
  const nodeIds = groups.slice(0, 2).map(({ group }) => group.grid.id);
  await db.write(
    "UPDATE role_grant SET ends_at = ?, end_reason = '外出务工', ended_by_id = ? WHERE role = 'gridWorker' AND node_id IN (?)",
    [new Date(today.getTime() - days), by.byId, nodeIds],
  );
}

/** One of those who hold this post there, always the same. */
async function holderOf(db: Db, role: string, nodeId: string): Promise<{ id: string; personId: string }> {
  const [post] = await db.query<{ id: string; personId: string }>(
    'SELECT id, person_id AS personId FROM role_grant WHERE role = ? AND node_id = ? ORDER BY id LIMIT 1',
    [role, nodeId],
  );
  if (!post) throw new Error(`Nobody holds ${role} on ${nodeId}`);
  return post;
}

async function standIn({ db, today, newId, by: { at } }: Offices, { village }: VillageHomes): Promise<void> {
  const nodeId = village.grid.id;
  const [lead, liaison] = [await holderOf(db, 'deskLead', nodeId), await holderOf(db, 'villageLiaison', nodeId)];
  const behalf = { behalfOfId: lead.personId, behalfPostId: lead.id, grantedById: lead.personId };
  const term = { startsAt: at, endsAt: new Date(today.getTime() + 12 * days) };
  const post = { role: 'deskLead', kind: null, tree: 'grid', nodeId } as const;
  await db.insert(RoleGrant, [{ id: newId(), personId: liaison.personId, ...post, ...term, ...behalf }]);
}

async function prepareElection({ db, today, newId, by }: Offices, { village, groups }: VillageHomes): Promise<void> {
  const nodeId = village.grid.id;
  const lead = await holderOf(db, 'deskLead', nodeId);
  const next = await holderOf(db, 'smallGridLead', groups[0]?.group.grid.id ?? '');
  const [id, effectiveAt] = [newId(), midnightIn(today, 20)];
  const until = new Date(today.getTime() + 1_820 * days).toISOString();
  const posts = [{ postId: lead.id, successorId: next.personId }];
  const plan = { until, openReason: null, moveLinks: false, posts };
  await db.insert(HandoverRow, [
    {
      ...{ id, tree: 'grid', nodeId, kind: 'election', state: 'prepared', isOpen: 1, plan, effectiveAt, ...by },
      words: '村“两委”换届选举结果，镇党委已批复。',
    },
  ]);
  await wind(db, 'handover', id, { townId: village.grid.townId, nextAt: effectiveAt });
}

/**
 * 换届: 小李 was the village's mediator until this very moment, and is asked about what he has in hand: one of those whom a
 * visitor plays. Until a day has passed a handover could be taken back.
 */
async function endMediator({ db, today, newId, by }: Offices, { prepared, villages }: Population): Promise<void> {
  const grid = villages.find(({ village }) => village.grid.name === demoVillage)?.village.grid;
  if (!grid) throw new Error('The demo village is not there');
  const [id, personId] = [newId(), prepared.member.row.id];
  const post = { role: 'mediator', kind: null, tree: 'grid', nodeId: grid.id } as const;
  const term = { startsAt: new Date(today.getTime() - 900 * days), endsAt: today };
  const ended = { endReason: '任期届满', endedById: by.byId, grantedById: by.byId };
  await db.insert(RoleGrant, [{ id, personId, ...post, ...term, ...ended }]);
  const asked = await db.write(
    "UPDATE task_claim SET asked_at = ?, asked_in = ? WHERE person_id = ? AND state = 'taken'",
    [today, id, personId],
  );
  if (asked === 0) throw new Error('He has nothing in hand to be asked about');
  const nextAt = new Date(today.getTime() + days);
  await wind(db, endOfTerm, id, { townId: grid.townId, nextAt, rung: 1 });
}

/** What a post has that is given in the app: the clock of its end. */
async function windAll({ db, today }: Offices, { villages }: Population): Promise<void> {
  const posts = await db.query<{ id: string; endsAt: Date }>(
    'SELECT id, ends_at AS endsAt FROM role_grant WHERE ends_at > ? AND behalf_of_id IS NULL ORDER BY id',
    [today],
  );
  const townId = villages[0]?.village.grid.townId ?? null;
  await windTerms(
    db,
    posts.map((post) => ({ ...post, townId })),
  );
}

async function planName({ db, today, newId, by }: Offices, { village }: VillageHomes): Promise<void> {
  const [id, effectiveAt] = [newId(), midnightIn(today, 30)];
  const asked = { kind: 'rename', name: village.grid.name.replace(/村$/, '社区') } as const;
  await db.insert(TreeChangeRow, [
    {
      ...{ id, tree: 'grid', nodeId: village.grid.id, kind: 'rename', state: 'planned', asked: { ...asked } },
      ...{ reason: '县民政局批复村改社区', effectiveAt, byRole: 'admin', moved: 0, ...by },
    },
  ]);
  await wind(db, 'treeChange', id, { townId: village.grid.townId, nextAt: effectiveAt });
}

/** When a day begins in China, so many days from now. */
const midnightIn = (today: Date, count: number): Date => new Date(startOfChinaDay(chinaDay(today.getTime()) + count));

const wind = (
  db: Db,
  kind: string,
  thingId: string,
  { townId, nextAt, rung = 0 }: { townId: string | null; nextAt: Date; rung?: number },
): Promise<void> =>
  db.insert(DueWork, [
    {
      ...{ thingId, kind, aggregateId: thingId, townId, clock: 'always' },
      ...{ limitMinutes: 0, usedMinutes: 0, nextAt, rung, attempts: 0 },
    },
  ]);
