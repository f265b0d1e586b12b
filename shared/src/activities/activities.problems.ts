/** What can go wrong with activities; part of the catalogue in problems.ts. */
export const activityProblems = {
  'activity.not-found': [404, '没有找到这个活动'],
  'activity.id-taken': [409, '请返回重新打开，再填一次'],
  'activity.changed-meanwhile': [409, '别人刚改过这个活动，请刷新看看再改'],
  'activity.cancelled': [409, '这个活动取消了'],
  'activity.over': [409, '这个活动已经结束了'],
  'activity.full': [409, '名额已经满了，可以和组织的人说一声'],
  'activity.members-only': [403, '这次只请党员参加'],
  'activity.bad-times': [422, '结束时间要在开始之后，最长两天'],
  'activity.past': [422, '开始时间要在现在以后'],
  'activity.fewer-places': [422, '已经有更多的人报名，名额不能少于报名的人数'],
  'activity.code-old': [410, '这个签到码过时了，请扫现场屏幕上现在的那一个'],
  'activity.too-early': [409, '还没到签到的时候，开始前半小时起可以签到'],
  'activity.too-late': [409, '活动已经结束，不能签到了；人到了的，请组织的人补记'],
  'activity.came-already': [409, '已经签到了，不用退出'],
} as const;
