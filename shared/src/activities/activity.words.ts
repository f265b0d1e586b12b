/** 活动: what is held, and who may come. */
export const activityKinds = {
  partyDay: '主题党日+',
  volunteering: '志愿服务',
  training: '培训',
  other: '其他',
} as const;
export type ActivityKind = keyof typeof activityKinds;

export const activityAudiences = { everyone: '谁都可以来', members: '党员参加' } as const;
export type ActivityAudience = keyof typeof activityAudiences;

export const activityLimits = { title: 40, words: 500, place: 60, places: 999, hours: 48 } as const;

/** 签到: from half an hour before it begins until it ends. */
export const checkInBeforeMinutes = 30;
