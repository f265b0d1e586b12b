import { defineLifecycle } from '../lifecycle';

/** 承诺, domain.md §5.2. One row per version; a change after publication is a request that the level above decides. */
export const commitmentLifecycle = defineLifecycle({
  thing: 'commitment',
  states: {
    draft: { name: '草稿', stage: 'open' },
    submitted: { name: '待审', stage: 'open' },
    approved: { name: '待公示', stage: 'open' },
    published: { name: '履诺中', stage: 'working' },
    delivered: { name: '待验收', stage: 'working' },
    disputed: { name: '有异议', stage: 'working' },
    accepted: { name: '已验收', stage: 'done' },
    kept: { name: '兑现', stage: 'done' },
    partlyKept: { name: '部分兑现', stage: 'done' },
    notKept: { name: '未兑现', stage: 'stopped' },
    abandoned: { name: '经批准终止', stage: 'stopped' },
    carriedOver: { name: '结转', stage: 'stopped' },
    withdrawn: { name: '撤回', stage: 'stopped' },
    released: { name: '免除', stage: 'stopped' },
  },
  actions: {
    draft: { name: '拟诺', from: [], to: 'draft', fresh: true },
    rewrite: { name: '修改', from: ['draft'], to: 'same' },
    submit: { name: '报审', from: ['draft'], to: 'submitted' },
    recall: { name: '撤回修改', from: ['submitted'], to: 'draft' },
    return: { name: '退回', from: ['submitted', 'approved'], to: 'draft' },
    approve: { name: '审诺通过', from: ['submitted'], to: 'approved' },
    publish: { name: '亮诺', from: ['approved'], to: 'published' },
    opine: { name: '提意见', from: ['published'], to: 'same' },
    answerOpinion: { name: '答复意见', from: ['published'], to: 'same' },
    progress: { name: '践诺', from: ['published'], to: 'same' },
    linkOrder: { name: '关联单子', from: ['published'], to: 'same' },
    // The orders linked to it are closed, or opened again.
    countOrders: { name: '单子办结，自动记数', from: ['published'], to: 'same', system: true },
    requestChange: { name: '申请变更', from: ['published'], to: 'same' },
    approveChange: { name: '同意变更', from: ['published'], to: ['same', 'abandoned'] },
    refuseChange: { name: '不同意变更', from: ['published'], to: 'same' },
    deliver: { name: '兑现', from: ['published'], to: 'delivered' },
    takeBack: { name: '撤回兑现', from: ['delivered'], to: 'published' },
    accept: { name: '验收', from: ['delivered'], to: 'accepted' },
    reject: { name: '退回整改', from: ['delivered'], to: 'published' },
    dispute: { name: '提出异议', from: ['delivered', 'accepted'], to: 'disputed' },
    uphold: { name: '异议成立', from: ['disputed'], to: 'published' },
    dismiss: { name: '异议不成立', from: ['disputed'], to: ['delivered', 'accepted'] },
    rate: { name: '评诺', from: ['delivered', 'accepted'], to: 'same' },
    // 评诺的话 that the content check has held back, one by one.
    showWords: { name: '公开评诺的话', from: ['published', 'delivered', 'disputed', 'accepted'], to: 'same' },
    hideWords: { name: '不公开评诺的话', from: ['published', 'delivered', 'disputed', 'accepted'], to: 'same' },
    withdraw: { name: '撤回', from: ['draft', 'submitted', 'approved'], to: 'withdrawn' },
    release: {
      name: '免除',
      from: ['draft', 'submitted', 'approved', 'published', 'delivered'],
      to: 'released',
    },
    // 年度结束: what each open deed becomes when the town closes the round.
    close: {
      name: '年终结果',
      from: ['draft', 'submitted', 'approved', 'published', 'accepted'],
      to: ['kept', 'partlyKept', 'notKept', 'carriedOver', 'withdrawn'],
      system: true,
    },
    askCorrection: {
      name: '申请更正',
      from: ['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver'],
      to: 'same',
    },
    correct: {
      name: '更正',
      from: ['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver'],
      to: ['kept', 'partlyKept', 'notKept', 'abandoned', 'carriedOver'],
    },
  },
});

export type CommitmentState = keyof typeof commitmentLifecycle.states;
export type CommitmentAction = keyof typeof commitmentLifecycle.actions;
