import { tasksApi } from '@sandan/shared/orders/tasks.contract';
import { Problem } from '@sandan/shared/problems';
import { implement } from '../../foundation/http/implement';
import { actOnTask } from './act-task';
import { claim } from './claim.service';
import { besideOf } from './order-detail.queries';
import { loadRecordOfTaskToShow } from './order-record';
import { presentDetail } from './orders.presenter';
import { metresFromHome } from './place.presenter';
import { listClaimable, listDeskTasks, listMyTasks } from './task-list.queries';
import { maySeeTask } from './tasks.policy';
import { presentTask, presentTaskCard, titleForOthers } from './tasks.presenter';
import * as service from './tasks.service';

const lists = { claimable: listClaimable, mine: listMyTasks, desk: listDeskTasks };

export const tasksRoutes = implement('tasks', tasksApi, {
  list: async ({ db, caller, query }) => {
    const { items, nextCursor } = await lists[query.scope](db, caller, query);
    return { items: items.map(({ record, task }) => presentTaskCard(record, task, caller)), nextCursor };
  },
  read: async ({ db, caller, params, world }) => {
    const record = await loadRecordOfTaskToShow(db, params.taskId);
    const task = record?.tasks.find(({ id }) => id === params.taskId);
    if (!record || !task || !maySeeTask(record, task, caller)) throw new Problem('task.not-found');
    const order = presentDetail(record, caller, await besideOf(db, record), world.signing);
    // What is held of the report is held here, too.
    const { photos = [], words = null } = order.tasks.find(({ id }) => id === task.id) ?? {};
    // The hall has told him title and distance already; the page behind it says the same.
    const asInHall =
      order.view === 'public'
        ? { title: titleForOthers(record, caller.reference), metres: metresFromHome(record, caller) }
        : {};
    return { task: { ...presentTask(record, task, caller, photos), words }, order: { ...order, ...asInHall } };
  },
  claim,
  start: (call) => actOnTask(call, 'start', call.body, service.start),
  giveBack: (call) => actOnTask(call, 'giveBack', call.body, service.giveBack),
  keep: (call) => actOnTask(call, 'keep', call.body, service.keep),
  handOver: (call) => actOnTask(call, 'handOver', call.body, service.handOver),
  agreeHandOver: (call) => actOnTask(call, 'agreeHandOver', call.body, service.agreeHandOver),
  refuseHandOver: (call) => actOnTask(call, 'refuseHandOver', call.body, service.refuseHandOver),
  contact: (call) => actOnTask(call, 'contact', call.body, service.contact),
  note: (call) => actOnTask(call, 'note', call.body, service.note),
  askHelp: (call) => actOnTask(call, 'askHelp', call.body, service.askHelp),
  askExtension: (call) => actOnTask(call, 'askExtension', call.body, service.askExtension),
  report: (call) => actOnTask(call, 'report', call.body, service.report),
  reassign: (call) => actOnTask(call, 'reassign', call.body, service.reassign),
  waive: (call) => actOnTask(call, 'waive', call.body, service.waive),
  cancel: (call) => actOnTask(call, 'cancel', call.body, service.cancel),
});
