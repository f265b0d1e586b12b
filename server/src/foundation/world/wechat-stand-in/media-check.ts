import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { addTo } from './bounded';
import type { People } from './people';
import { jsonType, Refusal, type PlatformApp, type PlatformCalls, type PlatformRequest } from './platform-call';
import type { Pushes, WechatEvent } from './pushes';
import { checkScene, newTraceId, normal, type Judgement } from './text-check';

/** What happens to a picture or a sound whose address contains `part`, or whose bytes have this SHA-256. */
export interface MediaScript extends Partial<Judgement> {
  readonly part: string;
  /** So long after the call its push leaves: 0. */
  readonly delayMs?: number;
  /** How often the same push comes: once. */
  readonly copies?: number;
}

/** For the page. `errcode` -1008: it could not be fetched, or is none of the kinds WeChat knows. */
export interface CheckedMedia extends Judgement {
  readonly openid: string;
  readonly url: string;
  readonly traceId: string;
  readonly errcode: 0 | -1008;
}

export interface MediaCheck {
  readonly calls: PlatformCalls;
  judgeMedia(script: MediaScript): void;
  readonly checkedMedia: CheckedMedia[];
}

const mostBytes = 10 * 2 ** 20;
const downloadMs = 5_000;
const kinds: Readonly<Record<number, readonly string[]>> = {
  1: ['mp3', 'aac', 'ac3', 'wma', 'asf', 'flac', 'ogg', 'opus', 'wav'],
  2: ['jpg', 'png', 'bmp', 'gif'],
};

/** media_check_async (wechat.md §6.2): fetched at once, judged later, told by a push. */
export function makeMediaCheck({ appid }: PlatformApp, people: People, pushes: Pushes): MediaCheck {
  const scripts: MediaScript[] = [];
  const checkedMedia: CheckedMedia[] = [];

  const judge = async (openid: string, url: string, type: number, traceId: string) => {
    const bytes = await download(url);
    const ext = bytes && (await kindOfBytes(bytes));
    const errcode = ext && kinds[type]?.includes(ext) ? 0 : -1008;
    const hash = bytes && createHash('sha256').update(bytes).digest('hex');
    const script = scripts.find(({ part }) => part === hash || url.includes(part));
    const verdict = { ...normal, ...script };
    const { suggest, label } = verdict;
    addTo(checkedMedia, { openid, url, traceId, errcode, suggest, label });
    const event = eventOf({ openid, traceId, errcode, suggest, label, appid });
    return Array.from({ length: script?.copies ?? 1 }, () => ({ event, delayMs: script?.delayMs ?? 0 }));
  };

  const checkMedia = ({ body }: PlatformRequest): object => {
    const { version, media_url: url, media_type: type, scene } = body;
    if (version !== 2 || typeof url !== 'string' || url === '') throw new Refusal(47001, 'data format error');
    if (type !== 1 && type !== 2) throw new Refusal(40004, 'invalid media_type');
    checkScene(scene);
    const openid = people.checkActive(body.openid);
    const traceId = newTraceId();
    pushes.addLater(judge(openid, url, type, traceId));
    return { errcode: 0, errmsg: 'ok', trace_id: traceId };
  };

  return {
    calls: {
      'POST /wxa/media_check_async': {
        fields: ['access_token', 'media_url', 'media_type', 'version', 'scene', 'openid'],
        contentType: jsonType,
        needsToken: true,
        answer: checkMedia,
      },
    },
    judgeMedia: (script) => void scripts.unshift(script),
    checkedMedia,
  };
}

const kindOfBytes = (bytes: Buffer): Promise<string | undefined> =>
  fileTypeFromBuffer(bytes).then(
    (type) => type?.ext,
    () => undefined, // begins like something and ends too early
  );

type Judged = Omit<CheckedMedia, 'url'> & Pick<PlatformApp, 'appid'>;

function eventOf({ openid, traceId, errcode, suggest, label, appid }: Judged): WechatEvent {
  const row = { strategy: 'content_model', errcode, suggest, label, prob: 90 };
  const errmsg = errcode === 0 ? 'ok' : 'download failed';
  const fields = { appid, trace_id: traceId, version: 2, errcode, errmsg };
  const verdict = { result: { suggest, label }, detail: [row] };
  return { event: 'wxa_media_check', openid, fields: errcode === 0 ? { ...fields, ...verdict } : fields };
}

/** Only from this machine: the stand-in never goes out. Null where there is nothing to be had, or too much. */
async function download(address: string): Promise<Buffer | null> {
  if (!URL.canParse(address) || !isHere(new URL(address))) return null;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(downloadMs), redirect: 'error' });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return answer.ok && bytes.length <= mostBytes ? bytes : null;
  } catch {
    return null; // the push says so: -1008
  }
}

const isHere = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
