import { defineLifecycle } from '../lifecycle';

/** 承诺年度, domain.md §5.1: the town moves it. A look at half time (`midYear`) changes no deed. */
export const roundLifecycle = defineLifecycle({
  thing: 'round',
  states: {
    preparing: { name: '筹备', stage: 'open' },
    drafting: { name: '拟诺', stage: 'open' },
    reviewing: { name: '审诺', stage: 'open' },
    underWay: { name: '践诺', stage: 'working' },
    midYear: { name: '年中回头看', stage: 'working' },
    closing: { name: '年终评诺', stage: 'working' },
    closed: { name: '已结束', stage: 'done' },
  },
  actions: {
    open: { name: '设立年度', from: [], to: 'preparing', fresh: true },
    startDrafting: { name: '开始拟诺', from: ['preparing'], to: 'drafting' },
    startReview: { name: '开始审诺', from: ['drafting'], to: 'reviewing' },
    begin: { name: '开始践诺', from: ['reviewing'], to: 'underWay' },
    lookBack: { name: '年中回头看', from: ['underWay'], to: 'midYear' },
    goOn: { name: '继续践诺', from: ['midYear'], to: 'underWay' },
    startClosing: { name: '开始年终评诺', from: ['underWay', 'midYear'], to: 'closing' },
    close: { name: '结束年度', from: ['closing'], to: 'closed' },
    exempt: { name: '免诺', from: ['preparing', 'drafting', 'reviewing', 'underWay', 'midYear'], to: 'same' },
    readmit: { name: '取消免诺', from: ['preparing', 'drafting', 'reviewing', 'underWay', 'midYear'], to: 'same' },
    include: { name: '纳入', from: ['preparing', 'drafting', 'reviewing', 'underWay', 'midYear'], to: 'same' },
    // 提醒: once a day each; every secretary his own.
    remind: { name: '提醒', from: ['drafting', 'reviewing', 'underWay', 'midYear'], to: 'same' },
  },
});

export type RoundState = keyof typeof roundLifecycle.states;
export type RoundAction = keyof typeof roundLifecycle.actions;
