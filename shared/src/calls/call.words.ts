/** 电话通知单: why somebody is rung whom no message reaches (domain.md §8). */
export const callReasons = {
  asking: '有话要问',
  declined: '这件事办不了',
  claimed: '有人接了',
  reported: '办好了，问问满不满意',
} as const;
export type CallReason = keyof typeof callReasons;

export const callResults = { reached: '打通了', noAnswer: '没人接', unneeded: '不用打了' } as const;
export type CallResult = keyof typeof callResults;

/** 没人接 so many times: somebody goes there. */
export const callTries = 3;
