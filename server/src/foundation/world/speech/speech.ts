import { Agent, FormData, request, type Dispatcher } from 'undici';
import { z } from 'zod';
import type { SpeechSettings } from './settings';

/**
 * away           no answer that can be understood, or too late (408, 425, 5xx)
 * busy           it has too much to do (429, 503)
 * refused        it does not take this recording (400, 413, 415, 422); FunASR says 400 to a model that it does not know, too
 * configuration  address, key, model or account are wrong (any other 4xx): only the operator can mend it
 */
export type SpeechFailureKind = 'away' | 'busy' | 'configuration' | 'refused';

export class SpeechFailure extends Error {
  constructor(
    readonly kind: SpeechFailureKind,
    /** The HTTP status; null without an answer. */
    readonly status: number | null,
    cause?: unknown,
  ) {
    super(`speech service: ${kind}, HTTP ${status}`, { cause });
    this.name = 'SpeechFailure';
  }
}

export interface Recording {
  readonly sound: Buffer;
  /** mp3, aac, m4a or wav: by it the service knows how to read the sound. */
  readonly format: string;
  /** Such as audio/mpeg. */
  readonly type: string;
}

/** 语音听写. What is said is personal data: neither recordings nor texts are logged. */
export interface Speech {
  /**
   * What is said in the recording, as the service understands it; '' where it hears no words. At most {@link longestText}
   * characters.
   * @throws SpeechFailure
   */
  hear(recording: Recording, signal?: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

interface SpeechOptions extends SpeechSettings {
  /** For one recording; a minute of speech takes a machine without a graphics card some seconds. */
  readonly timeoutMs?: number;
  /** Called once for every recording. */
  readonly observe?: (seen: { outcome: 'ok' | SpeechFailureKind; seconds: number }) => void;
}

/** In code points; a minute has about 300. */
export const longestText = 1_000;
const largestReply = 64 * 1024;
const replyShape = z.object({ text: z.string() });

/**
 * The call `POST /audio/transcriptions` as OpenAI has defined it and FunASR, SenseVoice, whisper.cpp, vLLM and others
 * answer it: so a county may run the model in its own machine room, and no recording leaves it.
 */
export function createSpeech(options: SpeechOptions): Speech {
  const { timeoutMs = 60_000, observe = () => undefined } = options;
  const own = { connections: 4, connect: { timeout: 5_000 }, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const dispatcher = new Agent({ ...own, maxResponseSize: largestReply });
  const hear = async (recording: Recording, signal?: AbortSignal): Promise<string> => {
    const started = performance.now();
    const seen = (outcome: 'ok' | SpeechFailureKind): void =>
      observe({ outcome, seconds: (performance.now() - started) / 1_000 });
    const ends = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
    try {
      const text = await ask(options, recording, { dispatcher, signal: AbortSignal.any(ends) });
      seen('ok');
      return text;
    } catch (error) {
      const failure = error instanceof SpeechFailure ? error : new SpeechFailure('away', null, error);
      // Whoever stops has not been failed.
      if (signal?.aborted !== true) seen(failure.kind);
      throw failure;
    }
  };
  return { hear, close: () => dispatcher.close() };
}

async function ask(
  { url, key, model }: SpeechSettings,
  { sound, format, type }: Recording,
  way: { dispatcher: Dispatcher; signal: AbortSignal },
): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(sound)], { type }), `voice.${format}`);
  form.set('model', model);
  form.set('response_format', 'json');
  const headers = { accept: 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  const answer = await request(`${url}/audio/transcriptions`, { method: 'POST', headers, body: form, ...way });
  const text = await answer.body.text();
  const failed = failureOf(answer.statusCode);
  if (failed) throw new SpeechFailure(failed, answer.statusCode);
  const reply = replyShape.safeParse(parseJson(text));
  if (!reply.success) throw new SpeechFailure('away', answer.statusCode);
  return plainText(reply.data.text);
}

function failureOf(status: number): SpeechFailureKind | null {
  if (status === 200) return null;
  if (status === 429 || status === 503) return 'busy';
  if ([400, 413, 415, 422].includes(status)) return 'refused';
  return status >= 400 && status < 500 && status !== 408 && status !== 425 ? 'configuration' : 'away';
}

/** SenseVoice names language, mood and noises between bars: <|zh|><|NEUTRAL|><|Speech|>. */
const plainText = (text: string): string =>
  [
    ...text
      .replace(/<\|[^|]{0,30}\|>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, longestText)
    .join('');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller's shape check says so
  }
}
