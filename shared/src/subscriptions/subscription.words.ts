/**
 * 订阅消息: three templates only, because consent is scarce (domain.md §8), and what the messages can say. Which template of
 * the county's own account each one is, the administrator fills in; which event sends which, rooms/messages says.
 */
export const templateKinds = ['progress', 'newTask', 'todo'] as const;
export type TemplateKind = (typeof templateKinds)[number];

export interface MessageWords {
  /** 状态 on the card, at most five Han so that it fits a `phrase`. */
  readonly state: string;
  /** 说明 on the card, at most 20. */
  readonly note: string;
}

interface TemplateWords {
  readonly name: string;
  /** Whom it goes to. */
  readonly readers: string;
  /** For whoever is asked to allow it. */
  readonly asks: string;
  readonly messages: Readonly<Record<string, MessageWords>>;
}

export const templates = {
  progress: {
    name: '进度通知',
    readers: '点单的群众',
    asks: '接单、要补充、办结时通知我',
    messages: {
      claimed: { state: '已经接单', note: '接单的人会联系您' },
      asking: { state: '等您补充', note: '请点开看看想问什么' },
      declined: { state: '不予受理', note: '请点开看看为什么' },
      reported: { state: '已经办好', note: '请点开说说满不满意' },
    },
  },
  newTask: {
    name: '新任务',
    readers: '接单的人',
    asks: '附近有新任务时通知我',
    messages: {
      open: { state: '等人接单', note: '方便的话请点开接单' },
      assigned: { state: '派给您了', note: '请点开看看再接单' },
      handOver: { state: '请您接手', note: '请点开答复接不接手' },
    },
  },
  todo: {
    name: '待办提醒',
    readers: '研判台和经办人',
    asks: '有急事、被退回、快到期时通知我',
    messages: {
      newOrder: { state: '急单待办', note: '请马上点开研判' },
      sentBack: { state: '退回重办', note: '请点开看看要怎么办' },
      dueSoon: { state: '快到期了', note: '请按时办好' },
      supervised: { state: '已被督办', note: '请点开答复督办' },
      inReview: { state: '提级核查', note: '请点开看看' },
      fault: { state: '督查问题', note: '请点开看看，可以申诉' },
    },
  },
} as const satisfies Readonly<Record<TemplateKind, TemplateWords>>;

/** What a message tells, and the word that stands for it on the card; `test`: 发给自己看看. */
export type MessageKind = { [Kind in TemplateKind]: keyof (typeof templates)[Kind]['messages'] }[TemplateKind];

const entries = templateKinds.flatMap((template) =>
  Object.keys(templates[template].messages).map((kind) => [kind as MessageKind, template] as const),
);
export const messageKinds: readonly MessageKind[] = entries.map(([kind]) => kind);
export const templateOf = Object.fromEntries(entries) as Readonly<Record<MessageKind, TemplateKind>>;

export const wordsOf = (kind: MessageKind): MessageWords => {
  const { messages }: TemplateWords = templates[templateOf[kind]];
  return messages[kind] as MessageWords;
};

/** What our messages can put into the fields of a template. */
export const messageValues = {
  what: '事项',
  state: '状态',
  who: '办理人',
  time: '时间',
  note: '说明',
  category: '类别',
  place: '哪个村',
  number: '单号',
} as const;
export type MessageValue = keyof typeof messageValues;
export const messageValueNames = Object.keys(messageValues) as [MessageValue, ...MessageValue[]];

/** 一次性: one acceptance, one message. 长期: one acceptance, many. WeChat asks for the one or the other, never for both at once. */
export const templateModes = { once: '一次性', lasting: '长期' } as const;
export type TemplateMode = keyof typeof templateModes;

/** What wx.requestSubscribeMessage answers about a template. */
export const subscribeChoices = ['accept', 'reject', 'ban', 'filter'] as const;
export type SubscribeChoice = (typeof subscribeChoices)[number];

/** When the app asks: after placing an order, in the claim hall, at the desk. */
export const askMoments = { placed: ['progress'], hall: ['newTask', 'todo'], desk: ['todo'] } as const satisfies Record<
  string,
  readonly TemplateKind[]
>;
export type AskMoment = keyof typeof askMoments;

/** WeChat shows at most three at once. */
export const mostAsked = 3;

/** What of a template's settings was changed. */
export const templateParts = { templateId: '模板编号', mode: '一次性还是长期', fields: '字段' } as const;
export type TemplatePart = keyof typeof templateParts;
