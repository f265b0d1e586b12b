import type { Outcome } from '@sandan/shared/orders/order.words';

/** What an outcome means, for whoever has to choose one honestly. */
export const outcomeMeanings: Record<Outcome, string> = {
  solved: '事情办好了',
  partlySolved: '办了一部分，还差一点',
  explained: '办不成，已经跟对方说清楚了',
  planned: '现在办不了，已经排进计划',
  beyondPower: '不归村里管，已经报给管这事的单位',
  selfSolved: '对方自己已经解决了',
  notFound: '去看过，没有看到说的情况',
};

/** What the person concerned is told, after the name of who did it. */
export const outcomeNews: Record<Outcome, string> = {
  solved: '说事情办好了',
  partlySolved: '说办好了一部分',
  explained: '说这件事办不成，原因写在下面',
  planned: '说这件事排进了计划',
  beyondPower: '说这件事报给了管这事的单位',
  selfSolved: '说您自己已经解决了',
  notFound: '说去看过，没有看到您说的情况',
};
