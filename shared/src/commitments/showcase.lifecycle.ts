import { defineLifecycle } from '../lifecycle';

/** 打擂比武: organisations show on a stage what they have kept; judges score on their phones, the result is signed. */
export const showcaseLifecycle = defineLifecycle({
  thing: 'showcase',
  states: {
    preparing: { name: '筹备', stage: 'open' },
    scoring: { name: '打分中', stage: 'working' },
    counted: { name: '待签字', stage: 'working' },
    signed: { name: '已签字', stage: 'done' },
    cancelled: { name: '已取消', stage: 'stopped' },
  },
  actions: {
    set: { name: '设立擂台', from: [], to: 'preparing', fresh: true },
    change: { name: '修改', from: ['preparing'], to: 'same' },
    start: { name: '开始打分', from: ['preparing'], to: 'scoring' },
    score: { name: '打分', from: ['scoring'], to: 'same' },
    finish: { name: '结束打分', from: ['scoring'], to: 'counted' },
    sign: { name: '签字定榜', from: ['counted'], to: 'signed' },
    cancel: { name: '取消', from: ['preparing', 'scoring', 'counted'], to: 'cancelled' },
  },
});

export type ShowcaseState = keyof typeof showcaseLifecycle.states;
export type ShowcaseAction = keyof typeof showcaseLifecycle.actions;
