import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { Pool } from 'undici';
import { startTestServer, type TestServer } from '../../../test/server';
import { eventOf, sealedPush, secondsNow, secretsOf } from '../../../test/wechat-pushes';
import { pushSignature } from '../../foundation/world/wechat/push-cipher';

/** Ten thousand pushes that are none of WeChat's: nothing changes, nothing stays, and the door still takes what is. */
let server: TestServer;
let pool: Pool;
beforeAll(async () => {
  server = await startTestServer();
  pool = new Pool(server.url, { connections: 16 });
});
afterAll(async () => {
  await pool.close();
  await server.close();
});

interface Sent {
  readonly query: Record<string, string>;
  readonly body: string;
}

const send = async ({ query, body }: Sent): Promise<number> => {
  const path = `/api/wechat/push?${new URLSearchParams(query)}`;
  const answer = await pool.request({ method: 'POST', path, headers: { 'content-type': 'text/xml' }, body });
  await answer.body.dump();
  return answer.statusCode;
};

const good = (): Sent => sealedPush(server, eventOf(server, 'debug_demo', 'oNobody'));

/** Signed as WeChat signs, whatever it is: what stands behind the signature has to hold by itself. */
const signed = (Encrypt: string, isXml: boolean): Sent => {
  const over = { timestamp: String(secondsNow(server)), nonce: '1' };
  const xml = `<xml><Encrypt><![CDATA[${Encrypt}]]></Encrypt></xml>`;
  return {
    query: { ...over, msg_signature: pushSignature(secretsOf(server).token, over, Encrypt) },
    body: isXml ? xml : JSON.stringify({ Encrypt }),
  };
};

const base64 = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const changed = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([place, by]) => {
  const { query, body } = good();
  const bytes = Buffer.from(body);
  // Under the seal: what stands beside it nobody believes or reads.
  const start = body.indexOf('"Encrypt":"') + '"Encrypt":"'.length;
  const at = start + (place % (body.length - start - 2));
  bytes[at] = (bytes[at] ?? 0) ^ by;
  return { query, body: bytes.toString('latin1') };
});
const cut = fc.nat().map((length) => {
  const { query, body } = good();
  return { query, body: body.slice(0, length % body.length) };
});
const strange = fc.string({ unit: 'binary', maxLength: 2_000 }).map((body) => ({ query: good().query, body }));
const markup = fc
  .array(
    fc.constantFrom(
      '<xml>',
      '</xml>',
      '<Encrypt>',
      '<a b="c">',
      '&lt;',
      '&x;',
      '<![CDATA[',
      ']]>',
      '<!DOCTYPE a>',
      'x',
    ),
  )
  .map((parts) => ({ query: good().query, body: parts.join('') }));
const words = fc.string({ maxLength: 30 });
const strangeQuery = fc.record({ timestamp: words, nonce: words, msg_signature: words }).map((query) => ({
  ...{ query, body: good().body },
}));
const other = fc.constantFrom(
  { appid: 'wx0000000000000000' },
  { token: 'another' },
  { encodingAesKey: 'B'.repeat(43) },
);
const foreign = other.map((given) => sealedPush(server, eventOf(server, 'debug_demo', 'oNobody'), given));
const unsound = fc.tuple(base64, fc.boolean()).map(([sealed, isXml]) => signed(sealed, isXml));
const odd = fc.json({ maxDepth: 6 }).map((message) => sealedPush(server, message));
const forged = fc.oneof(changed, cut, strange, markup, strangeQuery, foreign, unsound, odd);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
async function heap(): Promise<number> {
  await server.world.wechatTally.flush();
  // What waits for a turn of the loop to be let go.
  await new Promise((resolve) => setTimeout(resolve, 50));
  collect();
  return process.memoryUsage().heapUsed;
}

async function counts(): Promise<unknown> {
  const { reading } = server.world.database;
  return reading.query(
    'SELECT (SELECT COUNT(*) FROM wechat_push) AS taken, (SELECT COUNT(*) FROM wechat_push_failed) AS kept, (SELECT COUNT(*) FROM due_work) AS due, (SELECT COUNT(*) FROM history) AS history',
  );
}

const round = 1_000;
const mostGrowth = 8 * 2 ** 20;

test('ten thousand forged pushes are all refused, change nothing and leave nothing in memory', async () => {
  const before = await counts();
  const seen = new Map<number, number>();
  const attack = async (seed: number): Promise<void> => {
    const all = fc.sample(forged, { numRuns: round, seed });
    for (const status of await Promise.all(all.map(send))) seen.set(status, (seen.get(status) ?? 0) + 1);
  };
  // The first ones fill caches and compile what is used often.
  await attack(1);
  const first = await heap();
  for (let seed = 2; seed <= 10; seed += 1) await attack(seed);
  const growth = (await heap()) - first;
  // 400: a query that cannot be one.
  expect([...seen.keys()].filter((status) => status !== 403 && status !== 400)).toEqual([]);
  expect(seen.get(403)).toBeGreaterThan(9_000);
  expect(await counts()).toEqual(before);
  expect(growth).toBeLessThan(mostGrowth);

  expect(await send(good())).toBe(200);
  server.clock.advance(1_000);
  const replayed = good();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(replayed)));
  expect(answers).toEqual(Array(50).fill(200));
  expect(await server.world.database.reading.query('SELECT event FROM wechat_push')).toHaveLength(2);
}, 180_000);
