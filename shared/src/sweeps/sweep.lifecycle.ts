import { defineLifecycle } from '../lifecycle';

/** 入户排查 and 转移安置点名 (domain.md §2.4): a list of households that is gone through until a day. */
export const sweepLifecycle = defineLifecycle({
  thing: 'sweep',
  states: {
    draft: { name: '草稿', stage: 'open' },
    running: { name: '进行中', stage: 'working' },
    closed: { name: '已结束', stage: 'done' },
    cancelled: { name: '已取消', stage: 'stopped' },
  },
  actions: {
    set: { name: '新建排查', from: [], to: 'draft', fresh: true },
    change: { name: '修改', from: ['draft'], to: 'same' },
    // The form and the list of households are frozen here.
    start: { name: '开始', from: ['draft'], to: 'running' },
    split: { name: '分派', from: ['running'], to: 'same' },
    // Once a day for each who is behind.
    remind: { name: '提醒', from: ['running'], to: 'same' },
    extend: { name: '延长期限', from: ['running'], to: 'same' },
    close: { name: '结束', from: ['running'], to: 'closed' },
    // Closed too early: what was found stays, what is missing can still be recorded.
    reopen: { name: '重新打开', from: ['closed'], to: 'running' },
    cancel: { name: '取消', from: ['draft', 'running'], to: 'cancelled' },
  },
});

export type SweepState = keyof typeof sweepLifecycle.states;
export type SweepAction = keyof typeof sweepLifecycle.actions;
