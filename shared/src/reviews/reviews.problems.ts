/** code → status, what a person reads. */
export const reviewProblems = {
  'review.not-found': [404, '没有找到这条内容'],
  'review.decided-already': [409, '已经有人看过这条内容了，请刷新看看'],
  'review.changed': [409, '内容刚刚有变化，请刷新后再看'],
  'complaint.not-found': [404, '没有找到要投诉的内容，可能已经不再显示'],
  'complaint.own': [409, '这是您自己写的，不用投诉'],
  'complaint.made-already': [409, '您已经投诉过这条内容，看过后会告诉您'],
  'complaint.id-taken': [409, '请返回重新打开，再填一次'],
  'complaint.too-many': [409, '今天的投诉已经很多了，请明天再来；急事请打值班电话'],
} as const;
