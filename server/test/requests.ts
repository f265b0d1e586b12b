import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';
import { isText, isUpload, type Endpoint, type Schema } from '@sandan/shared/endpoint';
import { fill, type RawRequest } from './client';

/** Requests as nobody should send them, but somebody will: nearly right ones with something wrong anywhere. */

type Json = { [key: string]: unknown };

/** What is wrong in whatever place it stands: other types, huge and tiny, empty, unprintable, markup, SQL. */
const junk: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, '', ' ', '0', 'null', [], {}, [[]], -1, 0, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31],
    ...['\u0000', '\ud83d', '\u202e村', '👨‍👩‍👧', '王'.repeat(3_000), '__proto__', 'constructor', '../../etc/passwd'],
    ...["' OR 1=1 -- ", '{{7*7}}', '<script>', '%00', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', '2026-02-30'],
    ...['0000-00-00', '1e999', 'NaN', '0x10', '٣', '00000000000000000000000000', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Mostly what the schema wants; here and there, at any depth, something else or nothing. */
function nearly(schema: Json, ids: Arbitrary<string>): Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema, ids) }, { weight: 1, arbitrary: junk });
}

const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(0, 1, 23.05, 114.4, -1, 1e9));
const times = fc.constantFrom(
  ...['2026-09-15T01:00:00.000Z', '2026-09-16T01:00:00Z', '2026-09-20T00:00:00Z', '1970-01-01T00:00:00Z'],
  ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-12-31T23:59:60Z'],
);
const dates = fc.constantFrom('2026-09-15', '2026-02-28', '2024-02-29', '0001-01-01', '9999-12-31');
const words = fc.constantFrom(
  '村口路灯不亮',
  '好',
  '13812345678',
  'streetLight',
  '2026-09',
  '08:30',
  '17:30',
  'x'.repeat(90),
);

function fitting(schema: Json, ids: Arbitrary<string>): Arbitrary<unknown> {
  const { anyOf, oneOf, allOf, type, format, pattern, items, prefixItems, properties } = schema as {
    anyOf?: Json[];
    oneOf?: Json[];
    allOf?: Json[];
    type?: string;
    format?: string;
    pattern?: string;
    /** `false`: nothing beyond the places of a tuple. */
    items?: Json | false;
    prefixItems?: Json[];
    properties?: Record<string, Json>;
  };
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices) return fc.oneof(...choices.map((choice) => nearly(choice, ids)));
  if (prefixItems) return fc.tuple(...prefixItems.map((place) => nearly(place, ids)));
  if (type === 'array') return fc.array(nearly(items || {}, ids), { maxLength: 4 });
  if (type === 'object') return record(properties ?? {}, ids);
  if (type === 'boolean') return fc.boolean();
  if (type === 'number' || type === 'integer') return numbers;
  if (format === 'date-time') return times;
  if (format === 'date') return dates;
  return pattern?.includes('{25}') ? ids : words;
}

const record = (properties: Record<string, Json>, ids: Arbitrary<string>): Arbitrary<unknown> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, nearly(property, ids)])), {
    requiredKeys: [],
  });

/** References are written out: the arbitrary of a schema stands for itself. */
const plain = (schema: Schema): Json =>
  z.toJSONSchema(schema, { io: 'input', reused: 'inline', override: unnamed }) as Json;
const unnamed = ({ jsonSchema }: { jsonSchema: Json }) => void delete jsonSchema['id'];

function resolved(schema: Json, defs = schema['$defs'] as Record<string, Json> | undefined): Json {
  const { $ref, $defs: _, ...rest } = schema;
  const whole = typeof $ref === 'string' ? (defs?.[$ref.split('/').pop() ?? ''] ?? {}) : rest;
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, inValue(value, defs)]));
}
const inValue = (value: unknown, defs: Record<string, Json> | undefined): unknown => {
  if (Array.isArray(value)) return value.map((each) => inValue(each, defs));
  return typeof value === 'object' && value !== null ? resolved(value as Json, defs) : value;
};

export interface OddRequest {
  method: string;
  path: string;
  request: RawRequest;
}

const types = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'multipart/form-data',
  'image/jpeg',
];

/** For this endpoint, by its own method: `things` are the ids in its path, `ids` those in query and body. */
export function oddRequestsTo(
  endpoint: Endpoint,
  { things, ids }: { things: Arbitrary<string>; ids: Arbitrary<string> },
): Arbitrary<OddRequest> {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const params = fc.record(Object.fromEntries(names.map((name) => [name, nearly({ pattern: '{25}' }, things)])));
  const query = endpoint.query ? nearly(resolved(plain(endpoint.query)), ids) : fc.constant({});
  return fc.tuple(params, query, requestsOf(endpoint, ids)).map(([given, asked, request]) => ({
    method: endpoint.method.toUpperCase(),
    path: `/api${fill(endpoint.path, printed(given))}${queryOf(asked)}`,
    request,
  }));
}

function requestsOf({ method, body }: Endpoint, ids: Arbitrary<string>): Arbitrary<RawRequest> {
  if (method === 'get') return fc.constant({});
  if (isUpload(body)) {
    return fc.record({
      headers: fc.record({
        'content-type': fc.constantFrom('image/jpeg', 'multipart/form-data; boundary=x', 'multipart/form-data'),
      }),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
        fc.constant('--x\r\n\r\n--x--'),
      ),
    });
  }
  if (isText(body)) {
    const sealed = fc.oneof(words, fc.base64String({ maxLength: 400 }));
    const written = fc.oneof(
      fc.record({ ToUserName: words, Encrypt: sealed }).map((fields) => JSON.stringify(fields)),
      sealed.map((each) => `<xml><Encrypt><![CDATA[${each}]]></Encrypt></xml>`),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    return fc.record({ headers: fc.record({ 'content-type': fc.constantFrom(...body.types) }), body: written });
  }
  const content = nearly(body ? resolved(plain(body)) : {}, ids).map((value) => JSON.stringify(value) ?? '');
  return fc.record({
    headers: fc.oneof(
      { weight: 20, arbitrary: fc.constant({ 'content-type': 'application/json' }) },
      { weight: 1, arbitrary: fc.record({ 'content-type': fc.constantFrom(...types) }) },
    ),
    body: fc.oneof(
      { weight: 20, arbitrary: content },
      { weight: 1, arbitrary: fc.constantFrom('', '{', '[]', '"', '['.repeat(30_000), '{"actionId":}', '\u0000') },
    ),
  });
}

const printed = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]));

function queryOf(asked: unknown): string {
  if (typeof asked !== 'object' || asked === null) return `?${encodeURIComponent(text(asked))}`;
  const pairs = Object.entries(asked).map(
    ([name, value]) => `${encodeURIComponent(text(name))}=${encodeURIComponent(text(value))}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Half a character cannot be percent-coded; it goes as the bytes that `fetch` would make of it. */
const text = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString();
