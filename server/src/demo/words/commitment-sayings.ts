/** What is said around the deeds: by reviewers, by residents, by whoever asks for a change. */
export const firstWordings = [
  '尽快把这件事做好，让大家方便。',
  '多为群众做点事，做好这一件。',
  '有空就去做，做到大家满意。',
];
export const returnWords = ['数量和时间没有写清，补上再报。', '写明在哪里、做多少、什么时候做完，再报上来。'];
export const lateReasons = [
  '二月份在外地，回来补报。',
  '原来报的已经有人做了，换一件补上。',
  '新结对了几户，再添一件。',
];

/** What residents say in the seven days after publication, and what they are told. */
export const opinions: readonly (readonly [words: string, answer: string])[] = [
  ['希望先做{spot}这边，那里老人多。', '说得对，就从{spot}做起。'],
  ['建议早点动手，去年就是拖到下雨耽误的。', '已经把时间往前排了，请大家监督。'],
  ['做完请留个联系人，有事好找。', '可以，做完会把联系人贴在村务栏。'],
  ['能不能再多做一点？', '先把承诺的做好，有余力再加，加了会公开。'],
];

export const acceptWords = ['看过了，和说的一样。', '问了几户，都说做到了。', '对过数，没有问题。'];
export const rejectWords = ['有一部分没有做到，请补上再报。', '数目还差一点，请做完、写清再报。'];
export const mendedWords = ['差的那部分补上了，请再看。', '按要求整改好了，又查了一遍。'];

export const disputeWords = [
  '我家这边没有做到，怎么就算做完了？',
  '数目好像不够，我问过，少了一些。',
  '做是做了，没过几天又不行了。',
];
export const upholdWords = ['核对过，确实差一点，请补齐。', '核实属实，请返工，做好后再验收。'];
export const dismissWords = [
  '一起核过，数量对得上，那一边不在这次承诺里，已列入下一批。',
  '核查时已经弄好，和提的人当面看过，没有意见。',
];

export const amendReasons = ['摸底下来比原来估的多，多做一些。', '邻组也要，一起做上，数量改多。'];
export const postponeReasons = ['人手和材料要等一等，往后推一个月，年内一定做完。', '连着下雨耽误了，申请延后一个月。'];
export const refusedReasons = ['最近活多，想少做一些。', '想往后推一推。'];
export const approveChangeWords = ['情况属实，同意，原来的内容一起公开。', '同意。'];
export const refuseWords = ['还来得及，请按原来说的做。', '理由不够，先做起来，有困难支部帮。'];
export const abandonReasons = [
  '这件事已经列入县里的工程，由县里做，申请终止。',
  '镇里统一安排做了，不用再做一遍，申请终止。',
];
export const carryReasons = ['要等县里的配套先到位，明年接着做，申请结转。'];
export const releaseWords = ['组织关系已经转到儿子那边的支部。', '住院治疗，长期休养，支部商量后免除。'];

export const ratingWords = ['说到做到。', '做得实在，谢谢。', '能用，就是慢了点。', '比去年好。', '老人家都说好。'];
export const exemptWords: Readonly<Record<string, string>> = {
  frail: '年纪大了，走路要人扶。',
  ill: '正在治病休养。',
  awayLongTerm: '长年在外地做工，过年才回来。',
};
