import type { IncomingMessage } from 'node:http';
import rawBody from 'raw-body';
import { Problem } from '@sandan/shared/problems';

const maxBytes = 64 * 1024;
const maxDepth = 32;
/** Milliseconds for 64 kB over the worst village line. */
const longestWait = 15_000;

/**
 * The JSON of a request: only `application/json` in UTF-8, at most 64 kB and 32 levels deep, so that neither the parser
 * nor a recursive schema can be made to overflow (decisions.md §4.6). An empty body is an empty object.
 */
export async function readJson(request: IncomingMessage, patience = longestWait): Promise<unknown> {
  const { headers } = request;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return {};
  if (!isJson(headers['content-type'] ?? '') || (headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Problem('request.unsupported-type');
  }
  const text = decode(await within(patience, readBytes(request, maxBytes)));
  return text.trim() === '' ? {} : parseJson(text);
}

/** @throws Problem request.bad-json, also for what is nested more than 32 levels deep */
export function parseJson(text: string): unknown {
  if (depthOf(text) > maxDepth) throw new Problem('request.bad-json');
  return parse(text);
}

/** The words of a request in whatever form, in UTF-8: what they mean is the handler's. */
export async function readText(request: IncomingMessage, limit: number, patience = longestWait): Promise<string> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') throw new Problem('request.unsupported-type');
  return decode(await within(patience, readBytes(request, limit)));
}

function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((each) => each.startsWith('charset='))?.slice('charset='.length);
  return type === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

const readBytes = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  rawBody(request, { limit, length: request.headers['content-length'] }).catch((error: { status?: number }) => {
    throw new Problem(error.status === 413 ? 'request.too-large' : 'request.bad-json', { cause: error });
  });

/** Somebody who sends a byte a minute must not keep us busy until the server's own, much longer limit. */
async function within<T>(patience: number, reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem('request.too-slow')), patience);
  });
  try {
    return await Promise.race([reading, tooSlow]);
  } finally {
    clearTimeout(timer);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new Problem('request.bad-json', { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, refuseUnclean) as unknown;
  } catch (error) {
    throw new Problem('request.bad-json', { cause: error });
  }
}

/** NUL and lone surrogates are in no text that a person writes, and break logs, files and other people's parsers. */
function refuseUnclean(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && !isClean(value)) throw new SyntaxError('NUL or a lone surrogate');
  return value;
}

const unclean = /\0|\p{Cs}/u;
const isClean = (text: string): boolean => !unclean.test(text);

/** Deepest nesting of brackets outside of strings, read before the parser sees it. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
