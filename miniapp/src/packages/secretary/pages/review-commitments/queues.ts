interface QueueWords {
  readonly words: string;
  /** What can be done to several at once. */
  readonly together: 'approve' | 'publish' | null;
  readonly empty: readonly [title: string, words: string];
}

/** What a secretary decides, by the state in which it waits, in the order of the year. */
export const queues = {
  submitted: {
    words: '审诺',
    together: 'approve',
    empty: ['没有等着审的承诺', '党员报上来会在这里出现，也会发消息。'],
  },
  approved: {
    words: '亮诺',
    together: 'publish',
    empty: ['没有等着公示的承诺', '审过的会在这里，可以整个支部一起亮。'],
  },
  delivered: {
    words: '验收',
    together: null,
    empty: ['没有等着验收的承诺', '谁说办成了，会在这里等您去看。'],
  },
  published: {
    words: '变更、意见',
    together: null,
    empty: [
      '没有变更和意见',
      '亮了诺再要改，都要您同意；公示期里提的意见，5 个工作日内答复；没通过内容检查的评语，也在这里等您看。',
    ],
  },
  disputed: {
    words: '异议',
    together: null,
    empty: ['没有等着答复的异议', '群众提了异议，10 个工作日内公开答复。'],
  },
} as const satisfies Record<string, QueueWords>;

export type QueueName = keyof typeof queues;

export const segments = (Object.keys(queues) as QueueName[]).map((value) => ({ value, words: queues[value].words }));
