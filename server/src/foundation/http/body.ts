import type { IncomingMessage } from 'node:http';
import rawBody from 'raw-body';
import { Problem } from '@sandan/shared/problems';

const maxBytes = 64 * 1024;
const maxDepth = 32;

/**
 * The JSON of a request: only `application/json`, at most 64 kB and 32 levels deep, so that neither the parser nor a
 * recursive schema can be made to overflow (decisions.md §4.6). An empty body is an empty object.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const empty =
    request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
  if (empty) return {};
  if (type !== 'application/json' || encoding !== 'identity') throw new Problem('request.unsupported-type');

  const text = await rawBody(request, { limit: maxBytes, encoding: 'utf8' }).catch((error: { status?: number }) => {
    throw new Problem(error.status === 413 ? 'request.too-large' : 'request.bad-json');
  });
  if (depthOf(text) > maxDepth) throw new Problem('request.bad-json');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem('request.bad-json');
  }
}

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
