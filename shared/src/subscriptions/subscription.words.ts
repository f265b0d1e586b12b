/**
 * 订阅消息: three templates only, because consent is scarce (domain.md §8), and what the messages can say. Which template of
 * the county's own account each one is, and which of its messages it sends, the administrator says; which event a message
 * tells of, rooms/messages.
 */
export const templateKinds = ['progress', 'newTask', 'todo'] as const;
export type TemplateKind = (typeof templateKinds)[number];

export interface MessageWords {
  /** 状态 on the card, at most five Han so that it fits a `phrase`. */
  readonly state: string;
  /** 说明 on the card, at most 20. */
  readonly note: string;
  /** When it is sent, within 接单、要补充时通知我. */
  readonly when: string;
}

interface TemplateWords {
  readonly name: string;
  /** Whom it goes to. */
  readonly readers: string;
  /** For whoever is asked to allow it, where it sends all of its messages. */
  readonly asks: string;
  readonly messages: Readonly<Record<string, MessageWords>>;
}

export const templates = {
  progress: {
    name: '进度通知',
    readers: '点单的群众',
    asks: '接单、要补充、办结时通知我',
    messages: {
      claimed: { state: '已经接单', note: '接单的人会联系您', when: '接单' },
      asking: { state: '等您补充', note: '请点开看看想问什么', when: '要补充' },
      declined: { state: '不予受理', note: '请点开看看为什么', when: '不受理' },
      reported: { state: '已经办好', note: '请点开说说满不满意', when: '办结' },
    },
  },
  newTask: {
    name: '新任务',
    readers: '接单的人',
    asks: '附近有新任务时通知我',
    messages: {
      open: { state: '等人接单', note: '方便的话请点开接单', when: '附近有新任务' },
      assigned: { state: '派给您了', note: '请点开看看再签收', when: '派给我任务' },
      handOver: { state: '请您接手', note: '请点开答复接不接手', when: '请我接手' },
    },
  },
  todo: {
    name: '待办提醒',
    readers: '工作台和接单的人',
    asks: '有急事、被退回、快到期时通知我',
    messages: {
      newOrder: { state: '急单待办', note: '请马上点开研判', when: '有急单' },
      sentBack: { state: '退回重办', note: '请点开看看要怎么办', when: '被退回' },
      dueSoon: { state: '快到期了', note: '请按时办好', when: '快到期' },
      supervised: { state: '已被督办', note: '请点开答复督办', when: '被督办' },
      inReview: { state: '提级核查', note: '请点开看看', when: '提级核查' },
      fault: { state: '督查问题', note: '请点开看看，可以申诉', when: '督查有问题' },
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

export const messagesOf = (template: TemplateKind): readonly MessageKind[] =>
  messageKinds.filter((kind) => templateOf[kind] === template);

/** What somebody agrees to: the whole of it in plain words, else what is left of it. */
export function asksOf(template: TemplateKind, leftOut: readonly MessageKind[]): string {
  const sent = messagesOf(template).filter((kind) => !leftOut.includes(kind));
  if (sent.length === messagesOf(template).length) return templates[template].asks;
  return `${sent.map((kind) => wordsOf(kind).when).join('、')}时通知我`;
}

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
/** What saying yes is good for, as whoever is asked reads it. */
export const modeHints: Readonly<Record<TemplateMode, string>> = {
  once: '允许一次，通知一次',
  lasting: '允许一次，以后都通知',
};

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
export const templateParts = {
  templateId: '模板编号',
  mode: '一次性还是长期',
  fields: '字段',
  leftOut: '哪些事发微信',
} as const;
export type TemplatePart = keyof typeof templateParts;
