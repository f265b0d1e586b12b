import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import { sweepLimits } from '@sandan/shared/sweeps/sweep.words';
import { sweepsApi } from '@sandan/shared/sweeps/sweeps.contract';
import { holds, type Caller } from '../../foundation/access/caller';
import { gridsWith } from '../../foundation/access/reach';
import { callerById } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import type { Reading } from '../../foundation/database/connect';
import { pageOf } from '../../foundation/database/page';
import { answerWith } from '../../foundation/documents/paper-answer';
import { implement, type FileAnswer, type Route } from '../../foundation/http/implement';
import * as assign from './assign.service';
import { doneOf, progressBy, remindedOn, type ProgressBy } from './counts.queries';
import { exportSweep, sweepPaperNamed, writeSweepPaper } from './papers';
import { recordVisit, visibleTarget } from './record.service';
import { rollCallOf } from './roll-call.queries';
import { doorsOver, mayAct, reachOver, seesSweep } from './sweeps.policy';
import {
  presentCard,
  presentCards,
  presentRound,
  presentSweep,
  presentTarget,
  presentTargetCard,
} from './sweeps.presenter';
import { listKey, sweepById, sweepsHeldBy, sweepsSeen, type SweepRecord } from './sweeps.queries';
import * as sweeps from './sweeps.service';
import { filtersOf, targetsHeldBy, targetsOf } from './targets.queries';

/** For whoever leads it or a part of it. Throws `sweep.not-found`. */
async function visibleSweep(db: Reading, caller: Caller, sweepId: string): Promise<SweepRecord> {
  const sweep = await sweepById(db, sweepId);
  if (!sweep || !seesSweep(caller, sweep)) throw new Problem('sweep.not-found');
  return sweep;
}

async function progressOf(db: Reading, caller: Caller, sweep: SweepRecord, by: ProgressBy) {
  const { tree } = caller.reference;
  const rows = await progressBy(db, { sweepId: sweep.id, reach: reachOver(caller, 'sweep.read', sweep), by });
  const reminded = await remindedOn(db, sweep.id, chinaDate(caller.now.getTime()));
  const named = rows.map(({ person, ...row }) => ({
    ...row,
    name: by === 'holder' ? (person ?? '没有人负责') : (tree.grid(row.id ?? '')?.name ?? '其他'),
    remindedToday: row.id !== null && reminded.has(row.id),
  }));
  return named.sort((one, other) => other.todo - one.todo || byPinyin(one.name, other.name));
}
const byPinyin = new Intl.Collator('zh-CN', { numeric: true }).compare;

const areasOf = (caller: Caller) =>
  gridsWith(caller, 'sweep.set')
    .filter(({ tier }) => tier !== 'county')
    .flatMap((grid) => [grid, ...caller.reference.tree.children(grid.id)])
    .map(({ id, name }) => ({ gridId: id, name }));

async function heldRound(db: Reading, caller: Caller, sweepId: string) {
  const sweep = await sweepById(db, sweepId);
  const targets = await targetsHeldBy(db, sweepId, caller.personId, sweepLimits.round);
  if (!sweep || targets.length === 0) throw new Problem('sweep.not-found');
  // The phone that asks drops what it has kept.
  if (sweep.state !== 'running') throw new Problem('sweep.over');
  return presentRound(db, sweep, targets, caller);
}

export const sweepsRoutes: Route[] = implement('sweeps', sweepsApi, {
  list: async ({ db, caller, query }) => {
    const found = await sweepsSeen(db, caller, query);
    const ids = found.map(({ id }) => id);
    const done = await doneOf(db, ids);
    const toReply = (sweep: SweepRecord) => presentCard(sweep, caller, done.get(sweep.id));
    const page = pageOf(found, { limit: query.limit, filters: 'sweeps', keyOf: listKey, toReply });
    return { ...page, areas: areasOf(caller), choosesFlags: holds(caller, 'sweep.chooseFlags') };
  },
  preview: ({ db, caller, body }) => sweeps.preview(db, caller, body()),
  set: ({ db, caller, params, body }) => sweeps.setSweep(db, caller, params.sweepId, body()),
  read: async ({ db, caller, params }) => presentSweep(db, await visibleSweep(db, caller, params.sweepId), caller),
  change: (call) => sweeps.act(call, 'change', sweeps.change),
  start: (call) => sweeps.act(call, 'start', sweeps.start),
  split: (call) => sweeps.act(call, 'split', assign.split),
  remind: (call) => assign.remind(call),
  extend: (call) => sweeps.act(call, 'extend', sweeps.extend),
  close: (call) => sweeps.act(call, 'close', sweeps.close),
  reopen: (call) => sweeps.act(call, 'reopen', sweeps.reopen),
  cancel: (call) => sweeps.act(call, 'cancel', sweeps.cancel),
  progress: async ({ db, caller, params, query }) => ({
    rows: await progressOf(db, caller, await visibleSweep(db, caller, params.sweepId), query.by),
  }),
  rollCall: async ({ db, caller, params }) => rollCallOf(db, await visibleSweep(db, caller, params.sweepId), caller),
  targets: async ({ db, caller, params, query }) => {
    const sweep = await visibleSweep(db, caller, params.sweepId);
    const rows = await targetsOf(db, sweep.id, doorsOver(caller, sweep), query);
    return pageOf(rows, {
      ...{ limit: query.limit, filters: filtersOf(sweep.id, query) },
      keyOf: ({ gridId, id }) => [gridId, id],
      toReply: (target) => presentTargetCard(target, caller),
    });
  },
  holders: async ({ db, caller, params, query }) => {
    const sweep = await visibleSweep(db, caller, params.sweepId);
    if (!mayAct(caller, 'split', sweep)) throw new Problem('access.forbidden');
    if (!caller.reference.tree.isWithin(query.gridId, sweep.gridId)) throw new Problem('grid.not-found');
    return {
      people: await assign.holdersAt(db, caller, query.gridId, { q: query.q, roles: assign.holderRoles(sweep) }),
    };
  },
  mine: async ({ db, caller }) => ({
    items: await presentCards(db, await sweepsHeldBy(db, caller.personId), caller, caller.personId),
  }),
  round: ({ db, caller, params }) => heldRound(db, caller, params.sweepId),
  target: async ({ db, caller, params, world }) => {
    const target = await visibleTarget(db, caller, params.targetId);
    const sweep = await sweepById(db, target.sweepId);
    if (!sweep) throw new Problem('sweep.not-found');
    return presentTarget(db, { target, sweep }, caller, world.signing);
  },
  record: async ({ db, caller, params, body, world }) => {
    await recordVisit(db, caller, params, body);
    const target = await visibleTarget(db, caller, params.targetId);
    const sweep = await sweepById(db, target.sweepId);
    if (!sweep) throw new Problem('sweep.not-found');
    return presentTarget(db, { target, sweep }, caller, world.signing);
  },
  export: ({ db, caller, params, body, world }) => exportSweep(db, caller, params.sweepId, body(), world.signing),
  // Rows first, then the child: while it works, no connection to the database is held.
  openPaper: async ({ db, params, query, world, now }): Promise<FileAnswer> => {
    const name = sweepPaperNamed(params.paper, query, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    const written = await writeSweepPaper(db, caller, name);
    const { sweepId: thingId, format, names } = name;
    await world.database.transaction((own) =>
      recordAct(own, caller, 'openSweepPaper', { thingId, facts: { format, names, rows: written.rows } }),
    );
    return answerWith(world.documents, format, written);
  },
});
