import { randomBytes } from 'node:crypto';
import { addTo } from './bounded';
import type { People } from './people';
import { jsonType, Refusal, type PlatformCalls, type PlatformRequest } from './platform-call';

const mostCharacters = 2_500;

export interface Judgement {
  readonly suggest: 'pass' | 'review' | 'risky';
  /** 100 normal, 10001 advertising, 20001 politics … (wechat.md §6.1). */
  readonly label: number;
}

export const normal: Judgement = { suggest: 'pass', label: 100 };

/** For the page: what was judged, and how. */
export interface CheckedText extends Judgement {
  readonly openid: string;
  readonly content: string;
}

export interface TextCheck {
  readonly calls: PlatformCalls;
  /** From now on texts with these words are judged so; all others pass. */
  judge(words: string, judgement: Judgement): void;
  readonly checked: CheckedText[];
}

/** msg_sec_check, version 2 (wechat.md §6.1), with the verdicts that the test or the demo wrote down. */
export function makeTextCheck(people: People): TextCheck {
  const judgements: { words: string; judgement: Judgement }[] = [];
  const checked: CheckedText[] = [];

  const checkText = ({ body }: PlatformRequest): object => {
    const { version, scene, content } = body;
    if (version !== 2 || typeof content !== 'string') throw new Refusal(47001, 'data format error');
    if (content === '') throw new Refusal(44002, 'empty post data');
    // WeChat's page does not give the number for a text that is too long; this one says "argument".
    if ([...content].length > mostCharacters) throw new Refusal(47001, 'data format error');
    checkScene(scene);
    const openid = people.checkActive(body.openid);

    const { suggest, label } = judgements.find(({ words }) => content.includes(words))?.judgement ?? normal;
    addTo(checked, { openid, content, suggest, label });
    return {
      errcode: 0,
      errmsg: 'ok',
      result: { suggest, label },
      detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
      trace_id: newTraceId(),
    };
  };

  return {
    calls: {
      'POST /wxa/msg_sec_check': {
        fields: ['access_token', 'version', 'openid', 'scene', 'content', 'title', 'nickname', 'signature'],
        contentType: jsonType,
        needsToken: true,
        answer: checkText,
      },
    },
    judge: (words, judgement) => void judgements.unshift({ words, judgement }),
    checked,
  };
}

/** 1 profile, 2 comment, 3 forum, 4 social log. @throws Refusal */
export function checkScene(scene: unknown): void {
  if (scene !== 1 && scene !== 2 && scene !== 3 && scene !== 4) throw new Refusal(40129, 'invalid scene');
}

export const newTraceId = (): string => randomBytes(16).toString('hex');
