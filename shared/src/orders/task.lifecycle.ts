import { defineLifecycle } from '../lifecycle';

/** domain.md §3.4. A team's seats have a small lifecycle of their own (`seatLifecycle`). */
export const taskLifecycle = defineLifecycle({
  thing: 'task',
  states: {
    offered: { name: '待接单', stage: 'open' },
    claimed: { name: '已接单', stage: 'working' },
    reported: { name: '已报办结', stage: 'working' },
    done: { name: '完成', stage: 'done' },
    returned: { name: '已退', stage: 'stopped' },
    cancelled: { name: '已取消', stage: 'stopped' },
    expired: { name: '无人接', stage: 'stopped' },
  },
  actions: {
    offer: { name: '下单', from: [], to: 'offered', fresh: true },
    claim: { name: '接单', from: ['offered'], to: ['claimed', 'same'] },
    start: { name: '开始', from: ['offered'], to: 'claimed' },
    // The same where a team stays big enough without the one who leaves.
    giveBack: { name: '退单', from: ['offered', 'claimed'], to: ['offered', 'returned', 'same'] },
    // 换届: whoever had a post is asked about each task in hand; giving it back is `giveBack`.
    keep: { name: '接着办', from: ['offered', 'claimed'], to: 'same' },
    handOver: { name: '转办', from: ['claimed'], to: 'same' },
    agreeHandOver: { name: '同意接手', from: ['claimed'], to: 'same' },
    refuseHandOver: { name: '不接手', from: ['claimed'], to: 'same' },
    contact: { name: '已联系', from: ['claimed'], to: 'same' },
    note: { name: '记录', from: ['claimed', 'reported'], to: 'same' },
    askHelp: { name: '请求增援', from: ['claimed'], to: 'same' },
    askExtension: { name: '申请延期', from: ['claimed'], to: 'same' },
    report: { name: '办完了', from: ['claimed'], to: 'reported' },
    sendBack: { name: '退回重办', from: ['reported'], to: 'claimed', system: true },
    reassign: { name: '改派', from: ['offered', 'claimed', 'returned', 'expired'], to: ['cancelled', 'same'] },
    waive: { name: '不再需要', from: ['returned', 'expired'], to: 'same' },
    cancel: { name: '取消', from: ['offered', 'claimed'], to: 'cancelled' },
    expire: { name: '无人接', from: ['offered'], to: 'expired', system: true },
    // The same where a team stays big enough, or is still gathering.
    release: { name: '经办人变动', from: ['offered', 'claimed'], to: ['offered', 'returned', 'same'], system: true },
    finish: { name: '完成', from: ['reported'], to: 'done', system: true },
  },
});

export type TaskState = keyof typeof taskLifecycle.states;
export type TaskAction = keyof typeof taskLifecycle.actions;

/** One person's part in a task. */
export const seatLifecycle = defineLifecycle({
  thing: 'seat',
  states: {
    taken: { name: '已接', stage: 'working' },
    reported: { name: '已报', stage: 'done' },
    absent: { name: '未到', stage: 'stopped' },
    givenBack: { name: '已退', stage: 'stopped' },
    handedOver: { name: '已转', stage: 'stopped' },
    released: { name: '已释放', stage: 'stopped' },
  },
  actions: {
    take: { name: '接单', from: [], to: 'taken', fresh: true },
    report: { name: '办完了', from: ['taken'], to: ['reported', 'absent'] },
    sendBack: { name: '退回重办', from: ['reported'], to: 'taken', system: true },
    giveBack: { name: '退单', from: ['taken'], to: 'givenBack' },
    handOver: { name: '转办', from: ['taken'], to: 'handedOver' },
    release: { name: '释放', from: ['taken'], to: 'released', system: true },
  },
});

export type SeatState = keyof typeof seatLifecycle.states;
