import { ordersApi } from '@sandan/shared/orders/orders.contract';
import { isToBeCalled } from './calls.queries';
import { Problem } from '@sandan/shared/problems';
import { implement, outsideFirst } from '../../foundation/http/implement';
import { isAskedAgain, mustHaveViewsLeft } from '../../foundation/audit/clear-views';
import { recordAct } from '../../foundation/audit/record-act';
import { act, maySee, maySeePublicly } from './act';
import * as close from './close.service';
import { dispatchOnce } from './dispatch.service';
import * as inspection from './inspect.service';
import { isPresentHandler } from './people.presenter';
import { presentCard, presentDetail } from './orders.presenter';
import { besideOf } from './order-detail.queries';
import { loadRecordToShow } from './order-record';
import { countOrders } from './orders.queries';
import { listOrders, similarOrders } from './orders.service';
import { placeOnce } from './place-once';
import * as route from './route.service';
import * as study from './study.service';
import * as watch from './watch.service';

export const ordersRoutes = implement('orders', ordersApi, {
  place: outsideFirst(placeOnce<(typeof ordersApi)['place']>(() => ({ way: 'study' }))),
  placeDirect: outsideFirst(placeOnce<(typeof ordersApi)['placeDirect']>(() => ({ way: 'direct' }))),
  placeSettled: outsideFirst(
    placeOnce<(typeof ordersApi)['placeSettled']>(({ settlement }) => ({ way: 'settled', settlement })),
  ),
  list: ({ db, caller, query }) => listOrders(db, caller, query),
  counts: ({ db, caller }) => countOrders(db, caller),
  similar: ({ db, caller, query }) => similarOrders(db, caller, query),
  read: async ({ db, caller, params, world }) => {
    const record = await loadRecordToShow(db, params.orderId);
    if (!record || !(maySee(record, caller) || maySeePublicly(record, caller))) throw new Problem('order.not-found');
    return presentDetail(record, caller, await besideOf(db, record), world.signing);
  },
  // Every view of a number in the clear is written down, with its purpose (decisions.md §9).
  revealContact: async ({ db, caller, params, body }) => {
    const record = await loadRecordToShow(db, params.orderId);
    if (!record || !maySee(record, caller)) throw new Problem('order.not-found');
    const card = presentCard(record, caller);
    const mayCall =
      isPresentHandler(record, caller) || card.allows.some((action) => study.callingActions.includes(action));
    if (card.sealed || !(mayCall || (await isToBeCalled(db, caller, record.id)))) throw new Problem('access.forbidden');
    const { actionId: id, purpose } = body();
    const facts = { purpose };
    await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [caller.personId]);
    if (!(await isAskedAgain(db, caller, { id, act: 'revealContact', thingId: record.id, facts }))) {
      await mustHaveViewsLeft(db, caller, 'revealContact');
      await recordAct(db, caller, 'revealContact', { id, thingId: record.id, townId: record.townId, facts });
    }
    return { name: record.contactName, phone: record.contactPhone };
  },

  settle: (call) => act(call, 'settle', call.body, study.settle),
  open: (call) => act(call, 'open', call.body, study.open),
  ask: (call) => act(call, 'ask', call.body, study.ask),
  answer: (call) => act(call, 'answer', call.body, study.answer),
  accept: (call) => act(call, 'accept', call.body, study.accept),
  decline: (call) => act(call, 'decline', call.body, study.decline),
  object: (call) => act(call, 'object', call.body, study.object),
  suspend: (call) => act(call, 'suspend', call.body, study.suspend),
  resume: (call) => act(call, 'resume', call.body, study.resume),
  reclassify: (call) => act(call, 'reclassify', call.body, study.reclassify),
  merge: (call) => act(call, 'merge', call.body, route.merge),
  unmerge: (call) => act(call, 'unmerge', call.body, route.unmerge),
  escalate: (call) => act(call, 'escalate', call.body, route.escalate),
  sendDown: (call) => act(call, 'sendDown', call.body, route.sendDown),
  redirect: (call) => act(call, 'redirect', call.body, route.redirect),
  convert: (call) => act(call, 'convert', call.body, route.convert),
  takeBack: (call) => act(call, 'takeBack', call.body, route.takeBack),
  dispatch: dispatchOnce,
  verify: (call) => act(call, 'verify', call.body, close.verify),
  sendBack: (call) => act(call, 'sendBack', call.body, close.sendBack),
  confirm: (call) => act(call, 'confirm', call.body, close.confirm),
  recordCallback: (call) => act(call, 'recordCallback', call.body, close.recordCallback),
  reopen: (call) => act(call, 'reopen', call.body, close.reopen),
  appealUp: (call) => act(call, 'appealUp', call.body, close.appealUp),
  orderRedo: (call) => act(call, 'orderRedo', call.body, close.orderRedo),
  closeReview: (call) => act(call, 'closeReview', call.body, close.closeReview),
  withdraw: (call) => act(call, 'withdraw', call.body, close.withdraw),
  inspect: (call) => act(call, 'inspect', call.body, inspection.inspect),
  appealFault: (call) => act(call, 'appealFault', call.body, inspection.appealFault),
  decideAppeal: (call) => act(call, 'decideAppeal', call.body, inspection.decideAppeal),
  remind: (call) => act(call, 'remind', call.body, watch.remind),
  supervise: (call) => act(call, 'supervise', call.body, watch.supervise),
  answerSupervision: (call) => act(call, 'answerSupervision', call.body, watch.answerSupervision),
  meToo: (call) => act(call, 'meToo', call.body, watch.meToo),
  extend: (call) => act(call, 'extend', call.body, watch.extend),
  protect: (call) => act(call, 'protect', call.body, watch.protect),
  correctPerson: (call) => act(call, 'correctPerson', call.body, watch.correctPerson),
  noteCall: (call) => act(call, 'noteCall', call.body, watch.noteCall),
});
