import { defineLifecycle } from '../lifecycle';

/** domain.md §3.1–3.2. Guards stand in the server's room; the rows here say only from where to where. */
export const orderLifecycle = defineLifecycle({
  thing: 'order',
  states: {
    placed: { name: '待研判', stage: 'open' },
    asking: { name: '待补充', stage: 'open' },
    accepted: { name: '待派单', stage: 'open' },
    dispatched: { name: '待接单', stage: 'open' },
    handling: { name: '处置中', stage: 'working' },
    suspended: { name: '挂起', stage: 'working' },
    checking: { name: '待核实', stage: 'working' },
    reported: { name: '待群众确认', stage: 'working' },
    inReview: { name: '提级核查', stage: 'working' },
    confirmed: { name: '已办结', stage: 'done' },
    unanswered: { name: '未回应办结', stage: 'done' },
    archived: { name: '已归档', stage: 'done' },
    declined: { name: '不予受理', stage: 'stopped' },
    merged: { name: '已并单', stage: 'stopped' },
    converted: { name: '已转其他渠道', stage: 'stopped' },
    withdrawn: { name: '已撤单', stage: 'stopped' },
  },
  actions: {
    place: { name: '点单', from: [], to: 'placed', fresh: true },
    placeDirect: { name: '找我的党员', from: [], to: 'dispatched', fresh: true },
    settle: { name: '当场办结', from: ['placed', 'accepted'], to: 'reported', fresh: true },
    open: {
      name: '打开保密件',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking', 'reported', 'inReview'],
      to: 'same',
    },
    ask: { name: '请补充', from: ['placed', 'accepted'], to: 'asking', atMost: 2 },
    answer: { name: '补充', from: ['asking'], to: 'placed' },
    lapseAnswer: { name: '补充无回应', from: ['asking'], to: 'declined', system: true },
    accept: { name: '受理', from: ['placed'], to: 'accepted' },
    decline: { name: '不予受理', from: ['placed', 'accepted'], to: 'declined' },
    object: { name: '不服', from: ['declined'], to: 'placed', atMost: 1 },
    merge: { name: '并单', from: ['placed', 'accepted', 'dispatched'], to: 'merged' },
    unmerge: { name: '拆单', from: ['merged'], to: 'placed' },
    escalate: {
      name: '上报',
      from: ['placed', 'accepted', 'dispatched', 'handling'],
      to: ['placed', 'handling'],
    },
    sendDown: { name: '交办下级', from: ['placed', 'accepted'], to: 'placed' },
    redirect: { name: '改派网格', from: ['placed'], to: 'placed', atMost: 1 },
    dispatch: { name: '下单', from: ['accepted', 'dispatched', 'handling'], to: 'derived' },
    convert: { name: '转渠道', from: ['placed', 'accepted'], to: 'converted' },
    takeBack: { name: '收回', from: ['converted'], to: 'accepted' },
    suspend: { name: '挂起', from: ['accepted', 'dispatched', 'handling'], to: 'suspended', atMost: 2 },
    resume: { name: '恢复', from: ['suspended'], to: 'derived' },
    derive: { name: '随任务变化', from: ['accepted', 'dispatched', 'handling'], to: 'derived', system: true },
    verify: { name: '核实', from: ['checking'], to: 'reported' },
    sendBack: { name: '退回重办', from: ['checking', 'reported'], to: 'handling' },
    // From confirmed: the answer of another party, kept beside the one that decided.
    confirm: { name: '办好了', from: ['reported', 'unanswered', 'confirmed'], to: 'confirmed' },
    // 没办好 by phone goes on as it would by tapping: a new round, or the review after two of them.
    recordCallback: { name: '回访代录', from: ['reported'], to: ['confirmed', 'accepted', 'inReview'] },
    reopen: {
      name: '没办好',
      from: ['reported', 'confirmed', 'unanswered'],
      to: 'accepted',
      atMost: 2,
      then: 'appealUp',
    },
    appealUp: { name: '还是没办好', from: ['reported', 'confirmed', 'unanswered'], to: 'inReview' },
    orderRedo: { name: '责令重办', from: ['inReview'], to: 'accepted' },
    closeReview: { name: '核查办结', from: ['inReview'], to: 'archived' },
    lapseFeedback: { name: '到期未答复', from: ['reported'], to: 'unanswered', system: true },
    withdraw: {
      name: '撤单',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended'],
      to: 'withdrawn',
    },
    inspect: { name: '督查', from: ['confirmed', 'unanswered'], to: ['archived', 'accepted', 'same'] },
    appealFault: { name: '申诉', from: ['confirmed', 'unanswered'], to: 'same' },
    decideAppeal: { name: '申诉裁定', from: ['confirmed', 'unanswered'], to: ['archived', 'same'] },
    settleFault: { name: '督查问题生效', from: ['confirmed', 'unanswered'], to: 'archived', system: true },
    archive: { name: '归档', from: ['confirmed', 'unanswered'], to: 'archived', system: true },
    remind: {
      name: '催办',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking', 'inReview'],
      to: 'same',
    },
    supervise: {
      name: '督办',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking', 'reported', 'inReview'],
      to: 'same',
    },
    answerSupervision: {
      name: '回复督办',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking', 'reported', 'inReview'],
      to: 'same',
    },
    meToo: {
      name: '我也是',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking'],
      to: 'same',
    },
    extend: { name: '延期', from: ['handling'], to: 'same' },
    reclassify: {
      name: '调整类别',
      from: ['placed', 'accepted', 'dispatched', 'handling', 'suspended', 'checking'],
      // Derived where the new category is confidential: what hangs in the hall is taken down.
      to: ['same', 'derived'],
    },
    protect: {
      name: '转为保密',
      from: [
        'placed',
        'asking',
        'accepted',
        'dispatched',
        'handling',
        'suspended',
        'checking',
        'reported',
        'inReview',
        'confirmed',
        'unanswered',
      ],
      to: ['same', 'derived'],
    },
    correctPerson: {
      name: '更正当事人',
      from: ['placed', 'asking', 'accepted', 'dispatched', 'handling', 'suspended', 'checking'],
      to: 'same',
    },
    noteCall: { name: '记录通话', from: ['asking', 'reported'], to: 'same' },
  },
});

export type OrderState = keyof typeof orderLifecycle.states;
export type OrderAction = keyof typeof orderLifecycle.actions;

/** The four states the tasks of an order may put it into (domain.md §3.3). */
export const derivedOrderStates = [
  'accepted',
  'dispatched',
  'handling',
  'checking',
  'reported',
] as const satisfies OrderState[];
