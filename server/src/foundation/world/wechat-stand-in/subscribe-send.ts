import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock';
import type { Consents } from './consents';
import { faultOfValue } from './message-rules';
import type { People } from './people';
import { isRecord, jsonType, Refusal, type PlatformCalls, type PlatformRequest } from './platform-call';
import type { Pushes } from './pushes';
import { released } from './released-pages';
import type { Template, Templates } from './templates';

/** The card that a phone got. */
export interface SentMessage {
  /** In the app's time. */
  readonly at: number;
  readonly id: string;
  readonly openid: string;
  readonly templateId: string;
  readonly title: string;
  /** Where a tap leads; null: the card cannot be tapped. */
  readonly page: string | null;
  readonly lines: readonly { readonly field: string; readonly title: string; readonly value: string }[];
}

export interface SubscribeSend {
  readonly calls: PlatformCalls;
  readonly sent: SentMessage[];
  /** Messages with these words are not carried (45168). */
  forbidWords(words: string): void;
  /**
   * How long WeChat has a person's message in hand; a second one to him meanwhile is refused (43108). At first 3 ms. What is
   * in hand when this is said goes at once.
   */
  sendTakes(milliseconds: number): void;
}

interface SendGround {
  readonly clock: Clock;
  readonly people: People;
  readonly templates: Templates;
  readonly consents: Consents;
  readonly pushes: Pushes;
}

/** subscribe/send (wechat.md §5), by every rule of its own. */
export function makeSubscribeSend({ clock, people, templates, consents, pushes }: SendGround): SubscribeSend {
  const sent: SentMessage[] = [];
  const forbidden: string[] = [];
  const inHand = new Set<string>();
  let takesMs = 3;
  let letGo = newHold();

  const holdFor = async (openid: string): Promise<void> => {
    inHand.add(openid);
    const { signal } = letGo;
    await pause(takesMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    inHand.delete(openid);
  };

  const send = async ({ body }: PlatformRequest): Promise<object> => {
    const openid = people.checkKnown(body.touser);
    const template = templates.find(body.template_id);
    if (!template) throw new Refusal(40037, 'invalid template_id');
    if (templates.isBanned(template.id)) throw new Refusal(43107, 'subscribe message capability or template is banned');
    checkOptions(body);
    const lines = linesOf(template, body.data);
    if (lines.some(({ value }) => forbidden.some((words) => value.includes(words))))
      throw new Refusal(45168, 'has sensitive words');
    if (inHand.has(openid)) throw new Refusal(43108, 'concurrent sending to the same user');
    consents.spend(openid, template.id);
    await holdFor(openid);
    const page = typeof body.page === 'string' ? body.page : null;
    const id = String(2_000_000_000_000_000_000n + BigInt(sent.length + 1));
    sent.push({ at: clock.now(), id, openid, templateId: template.id, title: template.title, page, lines });
    const items = [{ TemplateId: template.id, MsgID: id, ErrorCode: '0', ErrorStatus: 'success' }];
    pushes.add({ event: 'subscribe_msg_sent_event', openid, list: { wrapper: 'SubscribeMsgSentEvent', items } });
    return { errcode: 0, errmsg: 'ok' };
  };

  return {
    calls: {
      'POST /cgi-bin/message/subscribe/send': {
        fields: ['access_token', 'touser', 'template_id', 'page', 'data', 'miniprogram_state', 'lang'],
        contentType: jsonType,
        needsToken: true,
        answer: send,
        strangers: ({ data }) => (isRecord(data) ? strangersIn(data) : []),
      },
    },
    sent,
    forbidWords: (words) => void forbidden.push(words),
    sendTakes: (milliseconds) => {
      takesMs = milliseconds;
      letGo.abort();
      letGo = newHold();
    },
  };
}

/** One listener for each message in hand, gone with it: any number may be, and none of them leaks. */
function newHold(): AbortController {
  const hold = new AbortController();
  setMaxListeners(0, hold.signal);
  return hold;
}

const invalid = (what: string): Refusal => new Refusal(47003, `argument invalid! ${what}`);

function checkOptions({
  page = '',
  miniprogram_state: state = 'formal',
  lang = 'zh_CN',
}: PlatformRequest['body']): void {
  if (!['developer', 'trial', 'formal'].includes(String(state))) throw invalid('miniprogram_state invalid');
  if (!['zh_CN', 'en_US', 'zh_HK', 'zh_TW'].includes(String(lang))) throw invalid('lang invalid');
  if (typeof page !== 'string') throw invalid('page invalid');
  const [path = ''] = page.split('?', 1);
  if (page !== '' && !released.includes(path)) throw new Refusal(41030, 'invalid page');
}

/** @throws Refusal 47003, which names the first field that is wrong */
function linesOf({ fields }: Template, data: unknown): SentMessage['lines'] {
  if (!isRecord(data)) throw invalid('data invalid');
  const lines = fields.map(({ name, title, choices }) => {
    const given = data[name];
    const value = isRecord(given) ? given.value : undefined;
    const fault = faultOfValue(name, value);
    if (fault) throw invalid(`data.${fault}`);
    if (choices && !choices.includes(String(value))) throw invalid(`data.${name}.value invalid`);
    return { field: name, title, value: String(value) };
  });
  const stranger = Object.keys(data).find((name) => !fields.some((field) => field.name === name));
  if (stranger !== undefined) throw invalid(`data.${stranger} invalid`);
  return lines;
}

const strangersIn = (data: Record<string, unknown>): string[] =>
  Object.entries(data).flatMap(([name, given]) =>
    isRecord(given)
      ? Object.keys(given)
          .filter((key) => key !== 'value')
          .map((key) => `data.${name}.${key}`)
      : [],
  );
