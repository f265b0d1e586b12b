import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { BodyOf, QueryOf } from '@sandan/shared/endpoint';
import { dayOf, startOfChinaDay } from '@sandan/shared/china-time';
import type { Draw, inspectionsApi } from '@sandan/shared/inspections/inspections.contract';
import { Problem } from '@sandan/shared/problems';
import { grantsWith, type Caller } from '../../foundation/access/caller';
import { recordAct } from '../../foundation/audit/record-act';
import { decodeCursor, encodeCursor } from '../../foundation/database/cursor';
import { fromJson, type Db, type Reading } from '../../foundation/database/connect';
import { maySee } from './act';
import { drawSample, type Candidate } from './draw-sample';
import { InspectionDraw, InspectionItem } from './inspection.entity';
import { loadByIds } from './order-record';
import { presentCard } from './orders.presenter';

const reaches = (caller: Caller, gridId: string, permission: 'inspection.draw' | 'inspection.read'): boolean =>
  grantsWith(caller, permission).some(({ grids }) =>
    grids.some((grid) => caller.reference.tree.isWithin(gridId, grid.id)),
  );

/** 抽查: the draw (seed, rule, list) is kept and cannot be drawn again. */
export async function draw(
  db: Db,
  caller: Caller,
  body: BodyOf<(typeof inspectionsApi)['draw']>,
): Promise<z.input<typeof Draw>> {
  const { actionId, gridId, month } = body;
  const repeat = await drawById(db, actionId);
  if (repeat) {
    if (repeat.drawn_by_id !== caller.personId) throw new Problem('action.repeated-differently');
    return presentDraw(repeat, caller);
  }
  if (!caller.reference.tree.grid(gridId) || !reaches(caller, gridId, 'inspection.draw'))
    throw new Problem('access.forbidden');
  const [earlier] = await db.query('SELECT 1 FROM inspection_draw WHERE grid_id = ? AND month = ?', [gridId, month]);
  if (earlier) throw new Problem('inspection.drawn-already');

  const candidates = await candidatesOf(db, gridId, month, caller);
  if (candidates.length === 0) throw new Problem('inspection.nothing-to-draw');
  const seed = randomBytes(16).toString('hex');
  const percent = caller.reference.town(caller.reference.tree.gridOf(gridId).town).inspectionPercent;
  const drawn = drawSample(candidates, seed, percent);
  const rule = { percent, doubled: ['selfHandled', 'unanswered'], always: ['reusedPhoto', 'outOfReview'] };
  await db.write('UPDATE service_order SET in_sample = 1, version = version + 1 WHERE id IN (?)', [
    drawn.map(({ id }) => id),
  ]);
  await db.insert(InspectionDraw, [
    {
      id: actionId,
      gridId,
      month,
      seed,
      rule,
      population: candidates.length,
      drawnById: caller.personId,
      drawnAt: caller.now,
    },
  ]);
  await db.insert(
    InspectionItem,
    drawn.map(({ id, why }) => ({ drawId: actionId, orderId: id, why })),
  );
  const { town } = caller.reference.tree.gridOf(gridId);
  const facts = { population: candidates.length, drawn: drawn.length };
  await recordAct(db, caller, 'drawSample', { thingId: actionId, townId: town, facts });
  const made = await drawById(db, actionId);
  if (!made) throw new Error('The draw just made is not there');
  return presentDraw(made, caller);
}

/** Closed in the month, not yet archived, and outside the inspector's own grid. */
async function candidatesOf(db: Reading, gridId: string, month: string, caller: Caller): Promise<Candidate[]> {
  const { tree } = caller.reference;
  const grid = tree.gridOf(gridId);
  const [year = 0, number = 0] = month.split('-').map(Number);
  const from = new Date(startOfChinaDay(dayOf(year, number, 1)));
  const to = new Date(startOfChinaDay(number === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, number + 1, 1)));
  const ownVillages = caller.grants
    .filter(({ role }) => role !== 'inspector')
    .flatMap(({ grids }) => grids.flatMap(({ village }) => village ?? []));
  const home = caller.homeGridId ? tree.grid(caller.homeGridId)?.village : null;
  const rows = await db.query<
    Record<'id' | 'village_id' | 'handler_id', string> &
      Record<'self_handled' | 'silent' | 'reused' | 'reviewed', number>
  >(
    `SELECT o.id, COALESCE(o.village_id, o.town_id) AS village_id, COALESCE((SELECT t.lead_id FROM task t WHERE t.order_id = o.id
              AND t.round = o.round ORDER BY t.id LIMIT 1), '') AS handler_id,
            o.self_handled, o.state = 'unanswered' AS silent, o.ruled AS reviewed,
            EXISTS (SELECT 1 FROM history h JOIN photo p ON p.thing_id = h.id JOIN photo q ON q.content_hash = p.content_hash AND q.id <> p.id
                    AND q.thing_id <> p.thing_id AND q.created_at < p.created_at WHERE h.aggregate_id = o.id) AS reused
     FROM service_order o
     WHERE o.${grid.tier}_id = ? AND o.stage = 'done' AND o.state IN ('confirmed', 'unanswered') AND o.in_sample = 0
       AND o.closed_at >= ? AND o.closed_at < ? AND NOT (COALESCE(o.village_id, '') IN (?))`,
    [gridId, from, to, [...ownVillages, home ?? '-']],
  );
  return rows.map((row) => ({
    id: row.id,
    villageId: row.village_id,
    handlerId: row.handler_id,
    selfHandled: row.self_handled === 1,
    unanswered: Number(row.silent) === 1,
    reusedPhoto: Number(row.reused) === 1,
    outOfReview: row.reviewed === 1,
  }));
}

interface DrawRow {
  id: string;
  grid_id: string;
  month: string;
  seed: string;
  rule: unknown;
  population: number;
  drawn_by_id: string;
  drawn_by: string;
  drawn_at: Date;
  drawn: number;
  inspected: number;
}

const drawColumns = `d.id, d.grid_id, d.month, d.seed, d.rule, d.population, d.drawn_by_id, d.drawn_at,
  (SELECT p.name FROM person p WHERE p.id = d.drawn_by_id) AS drawn_by,
  (SELECT COUNT(*) FROM inspection_item i WHERE i.draw_id = d.id) AS drawn,
  (SELECT COUNT(*) FROM inspection_item i WHERE i.draw_id = d.id AND i.result IS NOT NULL) AS inspected`;

async function drawById(db: Reading, id: string): Promise<DrawRow | undefined> {
  const [row] = await db.query<DrawRow>(`SELECT ${drawColumns} FROM inspection_draw d WHERE d.id = ?`, [id]);
  return row;
}

const presentDraw = (row: DrawRow, caller: Caller): z.input<typeof Draw> => ({
  id: row.id,
  gridId: row.grid_id,
  gridName: caller.reference.tree.grid(row.grid_id)?.name ?? '',
  month: row.month,
  seed: row.seed,
  rule: fromJson(row.rule),
  population: row.population,
  drawn: Number(row.drawn),
  inspected: Number(row.inspected),
  drawnAt: row.drawn_at.toISOString(),
  drawnBy: row.drawn_by,
});

export async function listDraws(db: Reading, caller: Caller, query: QueryOf<(typeof inspectionsApi)['list']>) {
  const gridIds = grantsWith(caller, 'inspection.read').flatMap(({ grids }) =>
    caller.reference.tree.grids
      .filter(({ id }) => grids.some((grid) => caller.reference.tree.isWithin(id, grid.id)))
      .map(({ id }) => id),
  );
  if (gridIds.length === 0) return { items: [], nextCursor: null };
  const key = decodeCursor(query.cursor, {}, ['time', 'id']);
  const after = key ? 'AND d.drawn_at <= ? AND (d.drawn_at < ? OR d.id < ?)' : '';
  const rows = await db.query<DrawRow>(
    `SELECT ${drawColumns} FROM inspection_draw d WHERE d.grid_id IN (?) ${after} ORDER BY d.drawn_at DESC, d.id DESC LIMIT ?`,
    [gridIds, ...(key ? [key[0], key[0], key[1]] : []), query.limit + 1],
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => presentDraw(row, caller)),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.drawn_at, last.id], {}) : null,
  };
}

export async function readDraw(db: Reading, caller: Caller, drawId: string) {
  const row = await drawById(db, drawId);
  if (!row || !reaches(caller, row.grid_id, 'inspection.read')) throw new Problem('inspection.not-found');
  const items = await db.query<{
    order_id: string;
    why: string;
    result: 'pass' | 'fault' | 'redo' | null;
    fault: string | null;
    appealed_at: Date | null;
  }>('SELECT order_id, why, result, fault, appealed_at FROM inspection_item WHERE draw_id = ? ORDER BY order_id', [
    drawId,
  ]);
  const records = await loadByIds(
    db,
    items.map(({ order_id: orderId }) => orderId),
  );
  const byId = new Map(items.map((item) => [item.order_id, item]));
  return {
    draw: presentDraw(row, caller),
    // What has become confidential since, or is about the inspector himself, is not his to see any more.
    items: records
      .filter((record) => maySee(record, caller))
      .map((record) => {
        const item = byId.get(record.id);
        return {
          order: presentCard(record, caller),
          why: item?.why ?? 'sampled',
          result: item?.result ?? null,
          fault: item?.fault ?? null,
          appealed: item?.appealed_at !== null && item?.appealed_at !== undefined,
        };
      }),
  };
}
