import type { BodyOf } from '@sandan/shared/endpoint';
import { giveBackReasons } from '@sandan/shared/orders/order.words';
import type { tasksApi } from '@sandan/shared/orders/tasks.contract';
import { Problem } from '@sandan/shared/problems';
import type { TaskEffect, TaskScene } from './act-task';
import { basisOf, categoryOf } from './advance';
import { clocksOfClaim, stopTask } from './clock-changes';
import { checkPromise } from './dates';
import { checkAssignable } from './dispatch.service';
import { askedSeat } from './asked-seats';
import { endSeat, leaveTask } from './leave-task';
import { startClock } from './order-clocks';
import { evidence } from './order-checks';
import { checkEvidence, newTask } from './task-rows';
import { TaskClaim } from './task.entity';

type Body<Name extends keyof typeof tasksApi> = BodyOf<(typeof tasksApi)[Name]>;

/** A team that starts before it is full: the rest of the seats is closed, or kept open by growing later. */
export const start: TaskEffect<Body<'start'>> = async ({ record, task, actor }, { keepOpen }) => ({
  to: 'claimed',
  taskSet: keepOpen ? {} : { places: task.taken },
  clocks: clocksOfClaim(record, actor, task),
  facts: { seats: task.taken },
});

/** 退单: an open task goes back to the hall, an assigned one to the desk. Asked after a 换届, it is no blot on him. */
export const giveBack: TaskEffect<Body<'giveBack'>> = async (scene, { reason, words }) => {
  const { record, task, caller, actor } = scene;
  if (reason === 'cannotReach') await needThreeTries(scene);
  const asked = askedSeat(record, task, caller.personId);
  if (reason === 'handover' && !asked) throw new Problem('task.not-asked');
  const isBlot = asked === undefined;
  const left = leaveTask({ record, task, actor, personId: caller.personId, seat: 'givenBack', reason, isBlot });
  const times = task.giveBacks + (isBlot ? 1 : 0);
  const facts = { reason, reasonName: giveBackReasons[reason], times };
  return { ...left, words: words ?? null, facts: asked?.askedIn ? { ...facts, postId: asked.askedIn } : facts };
};

/** 接着办: asked after a 换届, he goes on with it. */
export const keep: TaskEffect<Body<'keep'>> = async ({ record, task, caller }) => ({
  known: {
    seats: record.seats.map((seat) =>
      seat.taskId === task.id && seat.personId === caller.personId ? { ...seat, askedAt: null } : seat,
    ),
  },
  beside: async (db) => {
    await db.write('UPDATE task_claim SET asked_at = NULL WHERE task_id = ? AND person_id = ?', [
      task.id,
      caller.personId,
    ]);
  },
});

/** 联系不上: after three tries on two days (domain.md §12.3). */
async function needThreeTries({ db, task, caller }: TaskScene): Promise<void> {
  const [row] = await db.query<{ tries: number; days: number }>(
    `SELECT COUNT(*) AS tries, COUNT(DISTINCT DATE(DATE_ADD(at, INTERVAL 8 HOUR))) AS days FROM history
     WHERE thing_id = ? AND action = 'contact' AND actor_id = ? AND JSON_VALUE(facts, '$.method') = 'notReached'`,
    [task.id, caller.personId],
  );
  if (!row || Number(row.tries) < 3 || Number(row.days) < 2) throw new Problem('task.three-tries');
}

/** 转办: nothing changes until the receiver agrees. */
export const handOver: TaskEffect<Body<'handOver'>> = async ({ db, record, task, actor }, { toPersonId, words }) => {
  if (toPersonId === actor.id) throw new Problem('task.receiver-outside');
  if (record.seats.some(({ taskId, personId }) => taskId === task.id && personId === toPersonId))
    throw new Problem('task.receiver-outside');
  await checkAssignable(db, record, actor, toPersonId, task.scopeGridId);
  return { taskSet: { receiverId: toPersonId }, words: words ?? null, facts: { toPersonId } };
};

export const agreeHandOver: TaskEffect<Body<'agreeHandOver'>> = async (
  { record, task, caller, actor },
  { promisedAt },
) => {
  const holder = task.leadId;
  if (holder === null) throw new Problem('task.wrong-state');
  const promised = promisedAt ? new Date(promisedAt) : task.promisedAt;
  if (promisedAt) checkPromise(new Date(promisedAt), actor.now);
  return {
    taskSet: {
      receiverId: null,
      leadId: caller.personId,
      assigneeId: task.assigneeId === null ? null : caller.personId,
      promisedAt: promised,
    },
    facts: { fromPersonId: holder },
    beside: async (db) => {
      await endSeat(db, task.id, holder, 'handedOver', actor.now);
      await db.insert(TaskClaim, [
        {
          taskId: task.id,
          personId: caller.personId,
          orderId: record.id,
          state: 'taken',
          promisedAt: promised,
          at: actor.now,
          tries: 0,
        },
      ]);
    },
  };
};

export const refuseHandOver: TaskEffect<Body<'refuseHandOver'>> = async (_scene, { words }) => ({
  taskSet: { receiverId: null },
  words: words ?? null,
});

/** 已联系: the first success stops the contact clock and answers 响应率. */
export const contact: TaskEffect<Body<'contact'>> = async ({ record, task, caller, actor }, { method, words }) => {
  const facts = { method };
  if (method === 'notReached') {
    return {
      words: words ?? null,
      facts,
      beside: async (db) => {
        await db.write('UPDATE task_claim SET tries = tries + 1 WHERE task_id = ? AND person_id = ?', [
          task.id,
          caller.personId,
        ]);
      },
    };
  }
  if (task.contactedAt) return { words: words ?? null, facts };
  const due = record.clocks.find(({ thingId, kind }) => thingId === task.id && kind === 'contact')?.dueAt;
  return {
    taskSet: { contactedAt: actor.now },
    set: record.contactInTime === null ? { contactInTime: due && due < actor.now ? 0 : 1 } : {},
    clocks: stopTask(record, actor, task.id, ['contact']),
    words: words ?? null,
    facts,
  };
};

export const note: TaskEffect<Body<'note'>> = async ({ record, actor, actionId }, { words, photoIds }) => ({
  words,
  beside: evidence(record, actor, photoIds, actionId),
});

export const askHelp: TaskEffect<Body<'askHelp'>> = async (_scene, { words, people }) => ({ words, facts: { people } });

export const askExtension: TaskEffect<Body<'askExtension'>> = async (_scene, { words, until }) => ({
  words,
  facts: { until: until ?? null },
});

/** 办完了, with an honest outcome (domain.md §12.7). */
export const report: TaskEffect<Body<'report'>> = async ({ record, task, caller, actor, actionId }, body) => {
  checkEvidence(categoryOf(record, actor.reference), body);
  const leadsOn = body.outcome === 'planned' || body.outcome === 'beyondPower';
  if (leadsOn && !body.link) throw new Problem('task.link-needed', { fields: { link: '请填写计划、单位或编号' } });
  if (task.mode === 'external' && !body.answer)
    throw new Problem('task.answer-needed', { fields: { answer: '请填写外单位的答复' } });
  const absent = body.absentIds ?? [];
  if (task.mode === 'team' && body.absentIds === undefined)
    throw new Problem('task.presence-needed', { fields: { absentIds: '请逐个填写' } });
  return {
    to: 'reported',
    taskSet: {
      outcome: body.outcome,
      words: body.words,
      noPhotoReason: body.noPhotoReason ?? null,
      link: body.link ?? null,
      linkOn: body.linkOn ?? null,
      answer: body.answer ?? task.answer,
      reportedAt: actor.now,
      receiverId: null,
    },
    clocks: stopTask(record, actor, task.id),
    words: body.words,
    facts: {
      outcome: body.outcome,
      ...(body.noPhotoReason ? { noPhotoReason: body.noPhotoReason } : {}),
      absent: absent.length,
    },
    beside: async (db) => {
      await evidence(record, actor, body.photoIds, actionId)(db);
      await db.write("UPDATE task_claim SET state = 'reported', ended_at = ? WHERE task_id = ? AND state = 'taken'", [
        actor.now,
        task.id,
      ]);
      if (absent.length > 0) {
        await db.write(
          "UPDATE task_claim SET state = 'absent' WHERE task_id = ? AND person_id IN (?) AND person_id <> ?",
          [task.id, absent, caller.personId],
        );
      }
    },
  };
};

/** 改派: the old task ends, a new one is assigned. */
export const reassign: TaskEffect<Body<'reassign'>> = async (
  { db, record, task, actor },
  { toPersonId, newTaskId, words },
) => {
  await checkAssignable(db, record, actor, toPersonId, task.scopeGridId);
  const ends = task.state === 'offered' || task.state === 'claimed';
  const fresh = newTask(record, actor, {
    id: newTaskId,
    mode: 'assigned',
    scopeGridId: task.scopeGridId,
    required: task.required,
    assigneeId: toPersonId,
    skill: task.skill,
    note: task.note,
  });
  return {
    to: ends ? 'cancelled' : task.state,
    taskSet: { replaced: ends ? task.replaced : 1 },
    offered: [fresh],
    clocks: [...stopTask(record, actor, task.id), startClock('claim', basisOf(record, actor, fresh.id))],
    words,
    facts: { toPersonId, newTaskId },
  };
};

export const waive: TaskEffect<Body<'waive'>> = async (_scene, { words }) => ({ taskSet: { replaced: 1 }, words });

export const cancel: TaskEffect<Body<'cancel'>> = async ({ record, task, actor }, { words }) => ({
  to: 'cancelled',
  clocks: stopTask(record, actor, task.id),
  words,
});
