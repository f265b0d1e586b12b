import { ulid } from 'ulid';
import { InspectionDraw, InspectionItem } from '../../src/rooms/orders/inspection.entity';
import { acting, call, itself, now, showing, write, type MakeScene, type Scenes, type Stage } from './stage';
import type { OrderGiven } from './things';

const words = '按规矩办';
const inHand: OrderGiven = { state: 'handling', task: { state: 'claimed', holder: 'member' } };
const done: OrderGiven['task'] = { state: 'reported', holder: 'member', seat: 'reported', outcome: 'solved' };
const reported: OrderGiven = { state: 'reported', outcome: 'solved', task: done };
const closed = (_: unknown, stage: Stage): OrderGiven => ({
  ...{ state: 'confirmed', closedHow: 'self', outcome: 'solved', closedAt: now(stage) },
  task: { ...done, state: 'done' },
});
const shown: OrderGiven = { state: 'accepted', visibility: 'open', publicSummary: '一组路灯不亮，正在修' };
const secret: OrderGiven = { categoryId: 'hardship', visibility: 'confidential' };
const atTown = (_: unknown, { town }: Stage): OrderGiven => ({ deskGridId: town.townId });
const inReview = (_: unknown, { town }: Stage): OrderGiven => ({
  ...{ state: 'inReview', reopens: 2, deskGridId: town.townId, outcome: 'solved' },
  task: { ...done, state: 'done' },
});
const answers = { contacted: true, solved: true, stars: 5 };

/** Placing: a fresh id for everybody, at the first group of village A. */
const placing =
  (key: 'orders.place' | 'orders.placeDirect' | 'orders.placeSettled', categoryId: string): MakeScene =>
  async ({ town }) => ({
    attempt: (client) => {
      const body = { categoryId, words: '请来帮个忙', gridId: town.groups.a1, contactPhone: '13800000000' };
      const settlement = { outcome: 'explained', words: '当面说清楚了', contacted: true } as const;
      const params = { orderId: ulid() };
      return key === 'orders.placeSettled'
        ? call(client, key, { params, body: { ...body, source: 'visit', settlement } })
        : call(client, key, { params, body });
    },
  });

export const drawRule = { percent: 5, doubled: [], always: [] };

let draws = 0;
/** A month of its own for each draw: a grid is drawn once a month. */
export const nextMonth = (): string => {
  draws += 1;
  return `20${String(30 + Math.floor(draws / 12))}-${String((draws % 12) + 1).padStart(2, '0')}`;
};

/** A closed order in a drawn sample; `fault`: somebody else has found one. */
const sampled =
  (
    key: 'orders.inspect' | 'orders.appealFault' | 'orders.decideAppeal',
    body: object,
    item: Partial<InspectionItem>,
  ): MakeScene =>
  async (stage) => {
    const { town } = stage;
    const drawId = ulid();
    const given = { ...closed(null, stage), inSample: 1 };
    const scene = await acting(key, given, body as never)(stage);
    const { inspector2 } = town.people;
    const draw = {
      gridId: town.townId,
      month: nextMonth(),
      seed: '0',
      rule: drawRule,
      population: 1,
      drawnById: inspector2.id,
    };
    await write(stage, InspectionDraw, [{ id: drawId, drawnAt: now(stage), ...draw }]);
    const found = item.result === 'fault' ? { inspectorId: inspector2.id, inspectedAt: now(stage) } : {};
    await write(stage, InspectionItem, [{ drawId, orderId: scene.orderId ?? '', why: 'sampled', ...found, ...item }]);
    return scene;
  };

/** Merged into somebody else's order on the same desk. */
const merging =
  (key: 'orders.merge' | 'orders.unmerge'): MakeScene =>
  async (stage) => {
    const { otherResident } = stage.town.people;
    const of = { requesterId: otherResident.id, beneficiaryId: otherResident.id, householdId: null };
    const { orderId: primaryId } = await stage.put({ ...of, state: 'accepted' });
    return key === 'orders.merge'
      ? acting(key, {}, { primaryId })(stage)
      : acting(key, { state: 'merged', primaryId }, {})(stage);
  };

const byId = ({ orderId }: { orderId: string }) => ({ params: { orderId } });
const reading = (given: OrderGiven): MakeScene => showing('orders.read', given, byId, undefined);
const named =
  (given: OrderGiven): MakeScene =>
  (stage) =>
    reading({ ...given, deskPersonId: stage.town.people.deskLead.id })(stage);

export const orderScenes = {
  'orders.place': placing('orders.place', 'other'),
  'orders.placeDirect': placing('orders.placeDirect', 'elderHelp'),
  'orders.placeSettled': placing('orders.placeSettled', 'other'),

  'orders.list': showing('orders.list', {}, {}, itself),
  'orders.list of my desk': showing('orders.list', {}, { query: { scope: 'desk', limit: 100 } }, itself),
  'orders.list of my village': showing('orders.list', shown, { query: { scope: 'public', limit: 100 } }, itself),
  'orders.list near by': showing(
    'orders.list',
    shown,
    (_, { town }) => ({ query: { scope: 'nearby' as const, limit: 200, ...town.centres.a1 } }),
    itself,
  ),
  'orders.counts': showing('orders.counts', {}, {}, /"toStudy":[1-9]/),
  'orders.similar': (stage) =>
    showing(
      'orders.similar',
      { ...shown, categoryId: 'drainage' },
      { query: { categoryId: 'drainage', gridId: stage.town.groups.a1 } },
      itself,
    )(stage),
  'orders.read': reading(inHand),
  'orders.read shown in the village': reading(shown),
  'orders.read sealed': reading(secret),
  'orders.read opened by the desk': named({ ...secret, ...inHand }),
  'orders.read 村务疑问': reading({ categoryId: 'villageAccounts' }),
  'orders.read 作风反映': (stage) =>
    reading({ ...secret, categoryId: 'cadreConduct', deskKind: 'discipline', deskGridId: stage.town.townId })(stage),
  'orders.read that complains about the lead': reading({ subjects: ['deskLead'] }),
  'orders.revealContact': acting('orders.revealContact', inHand, { purpose: 'handle' }),

  'orders.open': acting('orders.open', secret, {}),
  'orders.settle': acting('orders.settle', {}, { outcome: 'explained', words, contacted: true }),
  'orders.ask': acting('orders.ask', {}, { words }),
  'orders.answer': acting('orders.answer', { state: 'asking', asks: 1, question: '哪一盏？' }, { words }),
  'orders.accept': acting('orders.accept', {}, {}),
  'orders.decline': acting('orders.decline', {}, { reason: 'outsideScope', words }),
  'orders.object': acting('orders.object', (_, stage) => ({ state: 'declined', closedAt: now(stage) }), { words }),
  'orders.merge': merging('orders.merge'),
  'orders.unmerge': merging('orders.unmerge'),
  'orders.escalate': acting('orders.escalate', {}, { words }),
  'orders.sendDown': acting('orders.sendDown', atTown, (_, { town }) => ({ gridId: town.villageA, words })),
  'orders.redirect': acting('orders.redirect', {}, (_, { town }) => ({ gridId: town.groups.a2, words })),
  'orders.convert': acting('orders.convert', {}, { channel: 'petition', words }),
  'orders.takeBack': acting('orders.takeBack', { state: 'converted', convertedTo: 'petition' }, { words }),
  'orders.suspend': acting('orders.suspend', { state: 'accepted' }, (_, stage) => ({
    ...{ reason: 'waitMaterials' as const, words },
    resumeAt: new Date(now(stage).getTime() + 5 * 24 * 60 * 60_000).toISOString(),
  })),
  'orders.resume': acting('orders.resume', { state: 'suspended', suspends: 1 }, {}),
  'orders.reclassify': acting('orders.reclassify', { state: 'accepted' }, { urgency: 'urgent', words }),
  'orders.correctPerson': acting('orders.correctPerson', {}, (_, { town }) => ({
    requesterId: town.people.otherResident.id,
    words,
  })),
  'orders.protect': acting('orders.protect', {}, { words }),

  'orders.dispatch': acting('orders.dispatch', { state: 'accepted' }, () => ({
    tasks: [{ id: ulid(), mode: 'open' as const }],
  })),
  'orders.extend': acting('orders.extend', inHand, ({ taskId }) => ({ taskId, words })),
  'orders.verify': acting('orders.verify', { ...reported, state: 'checking' }, {}),
  'orders.sendBack': acting('orders.sendBack', reported, { words }),

  'orders.confirm': acting('orders.confirm', reported, answers),
  'orders.reopen': acting('orders.reopen', closed, { words }),
  'orders.appealUp': acting('orders.appealUp', (_, stage) => ({ ...closed(null, stage), reopens: 2 }), { words }),
  'orders.withdraw': acting('orders.withdraw', {}, {}),
  'orders.withdraw in hand': acting('orders.withdraw', inHand, {}),
  'orders.remind': acting('orders.remind', {}, {}),
  'orders.remind shown in the village': acting('orders.remind', shown, {}),
  'orders.meToo': acting('orders.meToo', shown, {}),
  'orders.recordCallback': acting('orders.recordCallback', reported, { ...answers, method: 'phone', spokeTo: '本人' }),
  'orders.noteCall': acting('orders.noteCall', reported, { reached: false }),

  'orders.orderRedo': acting('orders.orderRedo', inReview, { words }),
  'orders.closeReview': acting('orders.closeReview', inReview, { words, outcome: 'explained' }),
  'orders.inspect': sampled('orders.inspect', { result: 'pass', words }, {}),
  'orders.appealFault': sampled('orders.appealFault', { words }, { result: 'fault', fault: 'noContact' }),
  'orders.decideAppeal': sampled(
    'orders.decideAppeal',
    { upheld: false, words },
    { result: 'fault', fault: 'noContact', appeal: words, appealedAt: new Date(0) },
  ),
  'orders.supervise': acting('orders.supervise', {}, { words }),
  'orders.answerSupervision': acting('orders.answerSupervision', { supervisions: 1 }, { words }),
} satisfies Scenes;
