import type { Row, RowKey } from './matrix';

/** 双向承诺: deeds, years, papers, showcases, cards, imports. See matrix.ts. */
const yes = 'yes';
const emp = 'empty';
const who = 'session.missing';
const nay = 'access.forbidden';
const nil = 'not found';
const old = 'photo.link-expired';
const gon = 'paper.link-expired';

// prettier-ignore
export const commitmentRows = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 双向承诺: a deed of the member, promised to village A, reviewed by its branch, disputes by the committee
  'commitments.draft':                             [who, nay, nay, nay, yes, yes, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.list':                              [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'commitments.counts':                            [who, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, yes, emp, emp, yes],
  'commitments.read':                              [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'commitments.read draft':                        [who, nil, nil, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, yes, nil, nil, yes],
  'commitments.rewrite':                           [who, nay, nay, nay, yes, nil, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.submit':                            [who, nay, nay, nay, yes, nil, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.recall':                            [who, nay, nay, nay, yes, nil, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.withdraw':                          [who, nay, nay, nay, yes, nil, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.return':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.approve':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.approveMany':                       [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.publish':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.publishMany':                       [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.answerOpinion':                     [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.approveChange':                     [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.refuseChange':                      [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.accept':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.reject':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.showWords':                         [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.hideWords':                         [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.release':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'commitments.opine':                             [who, yes, yes, nay, nay, nay, yes, nay, yes, yes, yes, nay, yes, nay, nay, nay, nay, nay],
  'commitments.dispute':                           [who, yes, yes, nay, nay, nay, yes, nay, yes, yes, yes, nay, yes, nay, nay, nay, nay, nay],
  'commitments.rate':                              [who, yes, yes, nay, nay, nay, yes, nay, yes, yes, yes, nay, yes, nay, nay, nay, nay, nay],
  'commitments.progress':                          [who, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.linkOrder':                         [who, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.requestChange':                     [who, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.deliver':                           [who, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.takeBack':                          [who, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'commitments.uphold':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'commitments.dismiss':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'commitments.askCorrection':                     [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'commitments.correct':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.open':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.list':                                   [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'rounds.read':                                   [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'rounds.debtors':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'rounds.members':                                [who, nay, nay, nay, yes, yes, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'rounds.figures':                               [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'rounds.figures by member':                     [who, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, yes, emp, emp, yes],
  'rounds.yearFigures':                           [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'rounds.roster':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.remind':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'rounds.blockers':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.startDrafting':                          [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.startReview':                            [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.begin':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.lookBack':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.goOn':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.startClosing':                           [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.close':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.exempt':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.readmit':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'rounds.include':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],

  // 公示表和导出: the notice is public where the wall is; exports are for whoever watches over the year
  'papers.notices':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'papers.notice':                                 [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'papers.showcase':                               [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'papers.board':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'papers.figures':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'papers.debtors':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'papers.open':                                   [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'papers.open forged':                            [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],

  // 打擂比武: the town's; the town's dispatcher is the judge
  'showcases.set':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.list':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'showcases.read':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'showcases.deeds':                               [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'showcases.contestants':                         [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.judges':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.change':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.start':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.finish':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.sign':                                [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.cancel':                              [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes],
  'showcases.score':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay],

  // 名片、短链接、小程序码: whoever sees the wall of the town
  'cards.member':                                  [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'cards.members':                                 [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'cards.organization':                            [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'cards.organizations':                           [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'links.give':                                    [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'links.code':                                    [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'links.open':                                    [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'links.app':                                     [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'cards.member who has promised nothing':         [who, nil, nil, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, yes, nil, nil, yes],
  'links.give a draft':                            [who, nil, nil, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, yes, nil, nil, yes],
  'links.picture':                                 [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'links.picture forged':                          [old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old, old],
  // 导入承诺: the secretary's own; what he has uploaded is nobody else's
  'imports.template':                               [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'imports.check':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, yes],
  'imports.read':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nil],
  'imports.rows':                                   [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nil],
  'imports.apply':                                  [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nil],
  'imports.submit':                                 [who, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nil],
} as const satisfies Partial<Record<RowKey, Row>>;
