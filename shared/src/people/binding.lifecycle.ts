import { defineLifecycle } from '../lifecycle';

/** 绑定: a WeChat account and a person of the roster become one (domain.md §6). */
export const bindingLifecycle = defineLifecycle({
  thing: 'binding',
  states: {
    waiting: { name: '等网格员核实', stage: 'open' },
    waitingAbove: { name: '等上一级同意', stage: 'working' },
    bound: { name: '已绑定', stage: 'done' },
    refused: { name: '没有通过', stage: 'stopped' },
    withdrawn: { name: '已撤回', stage: 'stopped' },
  },
  actions: {
    bind: { name: '本人认定', from: [], to: 'bound', fresh: true },
    ask: { name: '请求核实', from: [], to: ['waiting', 'waitingAbove'], fresh: true },
    // A post and a disputed household need a second yes.
    confirm: { name: '核实是本人', from: ['waiting'], to: ['bound', 'waitingAbove'] },
    // 同一户的家里人: his yes counts for his own house only, and the worker hears of it; his no leaves it to the worker.
    vouch: { name: '家里人认定', from: ['waiting'], to: ['bound', 'waitingAbove'] },
    doubt: { name: '家里人说不认识', from: ['waiting'], to: 'waiting' },
    // What he holds by now may want somebody higher.
    approve: { name: '上级同意', from: ['waitingAbove'], to: ['bound', 'waitingAbove'] },
    refuse: { name: '不通过', from: ['waiting', 'waitingAbove'], to: 'refused' },
    withdraw: { name: '撤回', from: ['waiting', 'waitingAbove'], to: 'withdrawn' },
  },
});

export type BindingState = keyof typeof bindingLifecycle.states;
export type BindingAction = keyof typeof bindingLifecycle.actions;
