import { jsonType, type PlatformCalls } from './platform-call';

/** 订阅消息模板, as the operator chose it in WeChat's console. */
export interface Template {
  readonly id: string;
  readonly title: string;
  /** oneTime: an acceptance is good for one message; longTerm (public services only): for all. */
  readonly kind: 'oneTime' | 'longTerm';
  /** In the order of the card: `thing1` and what stands before it, 服务事项. */
  readonly fields: readonly TemplateField[];
}

export interface TemplateField {
  readonly name: string;
  readonly title: string;
  readonly example?: string;
  /** Of an `enum` field: the values it may have. */
  readonly choices?: readonly string[];
}

export interface Templates {
  readonly calls: PlatformCalls;
  all(): readonly Template[];
  find(id: unknown): Template | undefined;
  isBanned(id: string): boolean;
  /** All templates of the app; those of before are gone. */
  setTemplates(templates: readonly Template[]): void;
  /** WeChat bans a template (43107), or lets it work again. */
  ban(templateId: string, on: boolean): void;
}

export function makeTemplates(first: readonly Template[]): Templates {
  let all = first;
  const banned = new Set<string>();

  const list = (): object => ({ errcode: 0, errmsg: 'ok', data: all.map(asWechatTells) });
  return {
    calls: {
      'GET /wxaapi/newtmpl/gettemplate': {
        fields: ['access_token'],
        contentType: jsonType,
        needsToken: true,
        answer: list,
      },
    },
    all: () => all,
    find: (id) => all.find((template) => template.id === id),
    isBanned: (id) => banned.has(id),
    setTemplates: (templates) => {
      all = templates;
    },
    ban: (id, on) => void (on ? banned.add(id) : banned.delete(id)),
  };
}

function asWechatTells({ id, title, kind, fields }: Template): object {
  const enums = fields.flatMap(({ name, choices }) =>
    choices ? [{ keywordCode: `${name}.DATA`, enumValueList: choices }] : [],
  );
  return {
    priTmplId: id,
    title,
    content: fields.map(({ name, title: before }) => `${before}:{{${name}.DATA}}\n`).join(''),
    example: fields.map(({ title: before, example = '' }) => `${before}:${example}\n`).join(''),
    type: kind === 'oneTime' ? 2 : 3,
    ...(enums.length > 0 ? { keywordEnumValueList: enums } : {}),
  };
}
