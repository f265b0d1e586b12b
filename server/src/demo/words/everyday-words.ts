/** What is said in every kind of order. */
export const acceptWords = [
  '收到，我们来安排。',
  '已经记下了，今天就安排人。',
  '看到了，马上派人去。',
  '谢谢您告诉我们，已经受理。',
];

export const dispatchNotes = [
  ...[
    '去之前先打个电话。',
    '老人家耳朵不好，多说两遍。',
    '顺便看看旁边有没有同样的问题。',
    '要是今天去不了，先跟人家说一声。',
  ],
  ...['工具在村委会，可以来拿。', '办完请拍一张照片。', '那边路窄，车停在村口。'],
];

export const contactWords = [
  '电话里说好了，今天下午过去。',
  '打过电话，人在家。',
  '到家里看了情况。',
  '说好明天上午去。',
  '问清楚了位置。',
];
export const notReachedWords = ['打了两次没人接，晚上再打。', '电话关机，等下去家里看看。'];

export const noteWords = [
  '材料买好了，明天动手。',
  '已经联系师傅，约在后天。',
  '今天先看了现场，要带梯子。',
  '下雨停工，天晴继续。',
];

export const thanks = [
  ...[
    '谢谢，修得很好。',
    '来得很快，谢谢小伙子。',
    '办得好，老人家很满意。',
    '没想到这么快，多谢。',
    '很细心，还多帮了一件。',
  ],
  ...['可以，谢谢村里。', '辛苦了，大热天跑一趟。'],
];
export const mildWords = ['办是办了，等了好几天。', '还行吧。', '能用，就是慢了点。'];
export const acceptsAnswer = ['事没办成，不过说清楚了，能理解。', '知道了，等明年。'];

export const reopenWords = [
  ...[
    '才过两天又坏了，麻烦再来看看。',
    '只弄了一半，另一边还是老样子。',
    '昨晚又不行了。',
    '下雨一试还是漏，没有修好。',
  ],
  ...['人来看了一眼就走了，没有办。'],
];
export const sendBackWords = ['照片看不清，请补拍一张现场的。', '还有一段没有清到，请再去一次。'];

export const giveBackWords = [
  '家里临时有事，去不了，不好意思。',
  '这个要会电的人来，我不敢动。',
  '这几天发烧，请别人去吧。',
];

export const askWords = [
  '请问具体在哪一段？附近有什么好认的？',
  '请问是今天的事吗？家里有几个人？',
  '能不能补一张照片，我们好带工具。',
];
export const answerWords = [
  '就在{spot}往里走二十米。',
  '照片拍好了，就是这里。',
  '昨天开始的，家里就我和老伴。',
  '在老屋后面，有棵龙眼树。',
];

export const remindWords = ['请问什么时候能来？', '三天了，还没有人来。', '麻烦帮忙催一下，天要下雨了。'];
export const superviseWords = ['请村里今天内联系群众，说清楚什么时候办。', '群众催了几次，请抓紧，办完回复。'];
export const supervisionAnswers = ['已经联系上群众，明天上午到现场。', '师傅今天下午到，办完再报。'];
export const meTooWords = ['我家门口也是这样。', '对，这里确实不方便。', '希望快点修好。'];

export const escalateWords = [
  '村里没有这个设备，请镇里协调。',
  '涉及两个村，村里定不了。',
  '要找专业单位，请镇里帮忙联系。',
];
export const sendDownWords = ['镇里已协调好材料，请村里安排人办。', '请村里先上门了解情况。'];

export const suspendStories = [
  ['waitWeather', '这几天一直下雨，浇不了水泥，天晴就动手。'],
  ['waitMaterials', '要用的配件县里没有货，已经订了，到货就装。'],
  ['waitOtherUnit', '已经发函给公路站，等他们派人来看。'],
  ['waitResident', '人家去儿子家住几天，回来再办。'],
  ['waitSeason', '要等这一茬稻子收了才能动工。'],
] as const;

export const declineStories = [
  ['outsideScope', '这件事归县里的车管所管，电话已经写在这里，我们也可以帮您预约。'],
  ['alreadyAnswered', '上个月已经办结，这次看过还是好的，有新情况请再告诉我们。'],
  ['privateContract', '这是您和商家之间的合同，可以打 12315，也可以来村里申请调解。'],
  ['notFound', '我们到现场看过两次，没有发现您说的情况，方便时请带我们去看看。'],
  ['testOrMistake', '这一单像是点错了，已经关闭，需要帮忙请再点。'],
  ['courtOrPetition', '这件事法院已经立案，请等法院的结果，需要的话可以请法律顾问帮您看材料。'],
  ['unlawful', '耕地上不能建房，这个要求办不了，可以来村里问问宅基地怎么申请。'],
] as const;

export const withdrawWords = [
  '自己修好了，不用来了，谢谢。',
  '邻居帮忙弄好了。',
  '写错地方了，我重新点一单。',
  '儿子周末回来弄，不麻烦了。',
];

export const reviewWords = ['两次重办都只解决了一部分，请上级看看。', '一直没有彻底修好。'];
export const closeReviewWords = [
  '镇里到现场核查过，原因是管网太小，已列入改造，群众也看了方案。',
  '核查后当面讲清了情况，两边都签了字。',
];

export const inspectWords = ['现场看过，与照片一致。', '电话回访，群众说办好了。', '资料齐全，按时办结。'];
export const inspectFaultWords = ['没有办完的照片，请补上。', '超过时限没有说明。'];
export const inspectRedoWords = ['到现场看，水沟另一半还堵着，请重办。'];
