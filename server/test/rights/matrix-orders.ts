import type { Row, RowKey } from './matrix';
import { emp, nay, nil, who, yes } from './outcomes';

/** The loop: 点单, 派单, 接单, 督查. See matrix.ts. */
/** Nobody but a household with a 联户 has its own member to ask. */
const lnk = 'order.no-linked-member';
/** The desk says no by 不予受理, with words; it takes an order back only while somebody has it in hand. */
const sta = 'order.wrong-state';
const ask = 'order.withdraw-ask-desk';
/** 我也是 is a neighbour's word. */
const own = 'order.own-me-too';

type OrderKey = Extract<RowKey, `${'orders' | 'tasks' | 'inspections'}.${string}`>;

// prettier-ignore
export const orderRows: Record<OrderKey, Row> = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 点单: everybody, for himself; on the spot only who serves the place
  'orders.place':                                    [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'orders.placeDirect':                              [who, yes, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk, lnk],
  'orders.placeSettled':                             [who, nay, nay, nay, yes, nay, yes, nay, yes, yes, yes, nay, nay, nay, nay, nay, nay, nay],

  // 看
  'orders.list':                                     [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'orders.list of my desk':                          [who, emp, emp, emp, emp, emp, yes, emp, yes, yes, yes, yes, emp, emp, yes, emp, emp, yes],
  'orders.list of my village':                       [who, yes, yes, emp, yes, emp, emp, emp, emp, yes, emp, emp, emp, emp, emp, emp, emp, emp],
  'orders.list near by':                             [who, yes, yes, emp, yes, emp, emp, emp, emp, yes, emp, emp, emp, emp, emp, emp, emp, emp],
  'orders.counts':                                   [who, emp, emp, emp, emp, emp, yes, emp, emp, emp, yes, yes, emp, emp, yes, emp, emp, yes],
  'orders.similar':                                  [who, yes, yes, emp, yes, emp, yes, emp, yes, yes, yes, yes, emp, emp, yes, emp, emp, yes],
  'orders.read':                                     [who, yes, nil, nil, yes, nil, yes, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'orders.read shown in the village':                [who, yes, yes, nil, yes, nil, yes, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'orders.read sealed':                              [who, yes, nil, nil, nil, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'orders.read opened by the desk':                  [who, yes, nil, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'orders.read 村务疑问':                            [who, yes, nil, nil, nil, nil, yes, nil, yes, yes, yes, yes, nil, yes, yes, nil, nil, yes],
  'orders.read 作风反映':                            [who, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, yes, nil, nil, nil, nil, nil],
  'orders.read that complains about the lead':       [who, yes, nil, nil, nil, nil, nil, nil, yes, yes, yes, yes, nil, nil, yes, nil, nil, yes],
  'orders.revealContact':                            [who, nay, nay, nay, yes, nil, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],

  // 研判: the desk of the village and the town above it
  'orders.open':                                     [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, nil, nay, nil, nay, nay, nay, nay, nay],
  'orders.settle':                                   [who, nay, nay, nay, nil, nil, yes, nil, yes, yes, yes, nay, nay, nay, nay, nay, nay, nay],
  'orders.ask':                                      [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.answer':                                   [who, yes, nil, nil, nil, nil, yes, nil, nay, nay, yes, nay, nil, nil, nay, nil, nil, nay],
  'orders.accept':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.decline':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.object':                                   [who, yes, nil, nil, nil, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.merge':                                    [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.unmerge':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.escalate':                                 [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.sendDown':                                 [who, nay, nay, nay, nay, nay, nay, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.redirect':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.convert':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.takeBack':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.suspend':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.resume':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.reclassify':                               [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.correctPerson':                            [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.protect':                                  [who, yes, nil, nil, nil, nil, yes, nil, nay, nay, yes, yes, nil, nil, nay, nil, nil, nay],

  // 下单, 核实
  'orders.dispatch':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.extend':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.verify':                                   [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.sendBack':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],

  // 反馈: the resident's word
  'orders.confirm':                                  [who, yes, nil, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.reopen':                                   [who, yes, nil, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.appealUp':                                 [who, yes, nil, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.withdraw':                                 [who, yes, nil, nil, nil, nil, sta, nil, nay, nay, sta, nay, nil, nil, nay, nil, nil, nay],
  'orders.withdraw in hand':                         [who, ask, nil, nil, nay, nil, yes, nil, nay, nay, yes, nay, nil, nil, nay, nil, nil, nay],
  'orders.remind':                                   [who, yes, nil, nil, nil, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.remind shown in the village':              [who, yes, nay, nil, nay, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.meToo':                                    [who, own, yes, nil, yes, nil, nay, nil, nay, yes, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.recordCallback':                           [who, nay, nay, nay, nay, nay, yes, nil, nay, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'orders.noteCall':                                 [who, nay, nay, nay, nay, nay, yes, nil, nay, yes, yes, nay, nil, nay, nay, nay, nay, nay],

  // 上级, 督查
  'orders.orderRedo':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, nay, nay, nay, nay, nay],
  'orders.closeReview':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, nay, nay, nay, nay, nay],
  'orders.inspect':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'orders.appealFault':                              [who, nay, nil, nil, yes, nil, nay, nil, nay, nay, nay, nay, nil, nil, nay, nil, nil, nay],
  'orders.decideAppeal':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'orders.supervise':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, yes, nay, nay, yes, nay, nay, yes],
  'orders.answerSupervision':                        [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],

  // 接单, 处置: who serves the place may claim, who has it in hand does the rest
  'tasks.list':                                      [who, nay, nay, nay, yes, emp, emp, emp, emp, emp, emp, nay, emp, nay, nay, nay, nay, nay],
  'tasks.list to be claimed':                        [who, nay, nay, nay, yes, emp, yes, emp, yes, yes, yes, nay, emp, nay, nay, nay, nay, nay],
  'tasks.list of my desk':                           [who, nay, nay, nay, emp, emp, yes, emp, yes, yes, yes, nay, emp, nay, nay, nay, nay, nay],
  'tasks.read':                                      [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.read done':                                 [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.read of a sealed order':                    [who, nay, nay, nay, yes, nil, nil, nil, nil, nil, nil, nay, nil, nay, nay, nay, nay, nay],
  'tasks.claim':                                     [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.start':                                     [who, nay, nay, nay, yes, nil, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.giveBack':                                  [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.keep':                                      [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.handOver':                                  [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.agreeHandOver':                             [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.refuseHandOver':                            [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.contact':                                   [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.note':                                      [who, nay, nay, nay, yes, nil, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.askHelp':                                   [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.askExtension':                              [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.report':                                    [who, nay, nay, nay, yes, nil, nay, nil, nay, nay, nay, nay, nil, nay, nay, nay, nay, nay],
  'tasks.reassign':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.waive':                                     [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'tasks.cancel':                                    [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nil, nay, nay, nay, nay, nay],
  'inspections.draw':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'inspections.list':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
  'inspections.read':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay],
};
