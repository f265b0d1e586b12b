import { ulid } from 'ulid';
import { acting, itself, now, showing, type MakeScene, type Scenes, type Stage } from './stage';
import type { OrderGiven, TaskGiven } from './things';

const words = '按规矩办';
/** An emergency: nobody has too many in hand for that. */
const offered = (more: TaskGiven = {}): OrderGiven => ({
  state: 'dispatched',
  task: { state: 'offered', urgency: 'emergency', ...more },
});
const inHand = (more: TaskGiven = {}): OrderGiven => ({
  state: 'handling',
  task: { state: 'claimed', holder: 'member', ...more },
});
const handedTo =
  (key: 'tasks.agreeHandOver' | 'tasks.refuseHandOver'): MakeScene =>
  (stage) =>
    acting(key, inHand({ holder: 'member2', receiverId: stage.town.people.member.id }), {})(stage);
const done: OrderGiven = {
  ...{ state: 'confirmed', outcome: 'solved' },
  task: { state: 'done', holder: 'member', seat: 'reported', outcome: 'solved' },
};
const byId = ({ taskId }: { taskId: string }) => ({ params: { taskId } });
const list = (scope: 'claimable' | 'mine' | 'desk', given: OrderGiven): MakeScene =>
  showing('tasks.list', given, { query: { scope, limit: 100 } }, itself);
const assigned = ({ town }: Stage): OrderGiven => ({
  ...{ state: 'dispatched', categoryId: 'hardship', visibility: 'confidential' },
  task: { state: 'offered', mode: 'assigned', assigneeId: town.people.member.id },
});

export const taskScenes = {
  'tasks.list': list('mine', inHand()),
  'tasks.list to be claimed': list('claimable', offered()),
  'tasks.list of my desk': list('desk', inHand()),
  'tasks.read': showing('tasks.read', offered(), byId, undefined),
  'tasks.read done': showing('tasks.read', done, byId, undefined),
  'tasks.read of a sealed order': (stage) => showing('tasks.read', assigned(stage), byId, undefined)(stage),

  'tasks.claim': acting('tasks.claim', offered(), (_, stage) => ({
    promisedAt: new Date(now(stage).getTime() + 60 * 60_000).toISOString(),
  })),
  'tasks.start': acting('tasks.start', offered({ mode: 'team', places: 3, minPlaces: 1, holder: 'member' }), {}),
  'tasks.giveBack': acting('tasks.giveBack', inHand(), { reason: 'timeConflict' }),
  'tasks.keep': acting('tasks.keep', inHand({ asked: true }), {}),
  'tasks.handOver': acting('tasks.handOver', inHand(), (_, { town }) => ({ toPersonId: town.people.member2.id })),
  'tasks.agreeHandOver': handedTo('tasks.agreeHandOver'),
  'tasks.refuseHandOver': handedTo('tasks.refuseHandOver'),
  'tasks.contact': acting('tasks.contact', inHand(), { method: 'phone' }),
  'tasks.note': acting('tasks.note', inHand(), { words }),
  'tasks.askHelp': acting('tasks.askHelp', inHand(), { words }),
  'tasks.askExtension': acting('tasks.askExtension', inHand(), { words }),
  'tasks.report': acting('tasks.report', inHand(), { outcome: 'explained', words }),
  'tasks.reassign': acting('tasks.reassign', inHand(), (_, { town }) => ({
    ...{ toPersonId: town.people.member2.id, newTaskId: ulid(), words },
  })),
  'tasks.waive': acting('tasks.waive', { state: 'accepted', task: { state: 'returned' } }, { words }),
  'tasks.cancel': acting('tasks.cancel', offered(), { words }),

  'people.find': showing('people.find', {}, { query: { purpose: 'proxy' } }, (_, { town }) => town.people.resident.id),
  'people.find to dispatch to': showing(
    'people.find',
    { state: 'accepted' },
    ({ orderId }) => ({ query: { purpose: 'dispatch' as const, orderId } }),
    (_, { town }) => town.people.member2.id,
  ),
  'people.find to hand over to': showing(
    'people.find',
    inHand(),
    ({ taskId }) => ({ query: { purpose: 'handOver' as const, taskId } }),
    (_, { town }) => town.people.member2.id,
  ),
} satisfies Scenes;
