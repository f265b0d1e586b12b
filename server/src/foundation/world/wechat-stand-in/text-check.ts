import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { jsonType, Refusal, type PlatformCalls, type PlatformRequest } from './platform-call';

const activeForMs = 120 * 60_000;
const mostCharacters = 2_500;

export interface TextJudgement {
  readonly suggest: 'pass' | 'review' | 'risky';
  /** 100 normal, 10001 advertising, 20001 politics … (wechat.md §6.1). */
  readonly label: number;
}

export interface TextCheck {
  readonly calls: PlatformCalls;
  judge(words: string, judgement: TextJudgement): void;
}

/** msg_sec_check, version 2 (wechat.md §6.1), with the verdicts that the test or the demo wrote down. */
export function makeTextCheck(lastSeen: (openid: string) => number | undefined, clock: Clock): TextCheck {
  const judgements: { words: string; judgement: TextJudgement }[] = [];
  const normal: TextJudgement = { suggest: 'pass', label: 100 };

  const checkText = ({ body }: PlatformRequest): object => {
    const { version, openid, scene, content } = body;
    if (version !== 2 || typeof content !== 'string') throw new Refusal(47001, 'data format error');
    if (content === '') throw new Refusal(44002, 'empty post data');
    // WeChat's page does not give the number for a text that is too long; this one says "argument".
    if ([...content].length > mostCharacters) throw new Refusal(47001, 'data format error');
    if (scene !== 1 && scene !== 2 && scene !== 3 && scene !== 4) throw new Refusal(40129, 'invalid scene');
    const visit = lastSeen(String(openid));
    if (visit === undefined) throw new Refusal(40003, 'invalid openid');
    if (clock.now() - visit > activeForMs) throw new Refusal(61010, 'user access record timeout');

    const { suggest, label } = judgements.find(({ words }) => content.includes(words))?.judgement ?? normal;
    return {
      errcode: 0,
      errmsg: 'ok',
      result: { suggest, label },
      detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
      trace_id: randomBytes(16).toString('hex'),
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
  };
}
