import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { sessionQuery, startSession } from '../src/foundation/access/sessions';
import { sha256 } from '../src/foundation/fingerprint';
import { DesktopSignIn } from '../src/rooms/access/desktop-sign-in.entity';
import { WechatAccount } from '../src/rooms/people/person.entity';
import { registerApp } from '../src/foundation/world/wechat-stand-in/control';
import { closedLoop, pacedLoop } from './load';
import { freePort, startProgram } from './processes';
import { judge, judgeShare, measured } from './report';
import { Api, barePool, type Bench } from './stage';

const atOnce = 50;
const signIns = 2000;
const seconds = 20;

/** 登录: fifty at once and one a second, by WeChat and by a computer's confirmed code; WeChat itself is the stand-in here. */
export async function measureSignIn(bench: Bench, folder: string): Promise<void> {
  const control = process.env['WECHAT_STAND_IN'] ?? '';
  const wechat = await registerApp(control, { appid: 'wxdemo0000000000', secret: 'stand-in-secret' });
  const bundle = process.env['SERVER_BUNDLE_DIR'] ?? '';
  const env = { SANDAN_MODE: 'test', ROLE: 'web', DATABASE_URL: bench.url, DATA_DIR: folder, LOG_LEVEL: 'info' };
  const server = await startProgram(
    join(bundle, 'main.js'),
    { ...env, WECHAT_ORIGIN: wechat.origin },
    await freePort(),
    '/health/ready',
  );
  const api = new Api(server.url);
  const spenders = bench.spenders.map(([who, pid]) => [who, who === 'server' ? server.pid : pid] as const);
  try {
    const people = (await bench.town.moreMembers(500)).map(({ id }) => id);
    await byWechat({ ...bench, api, spenders }, people, wechat.issueCode);
    await byDesktop({ ...bench, api, spenders }, people);
    await atTheDoor({ ...bench, api, spenders }, people);
  } finally {
    await api.close();
    await server.stop();
    await wechat.close();
  }
}

async function byWechat(
  bench: Bench,
  people: readonly string[],
  issueCode: (openid: string) => Promise<string>,
): Promise<void> {
  const accounts = people.map((personId) => ({
    openid: `bench-${personId}`,
    personId,
    unionid: null,
    createdAt: new Date(),
  }));
  await bench.database.transaction((db) => db.insert(WechatAccount, accounts));
  const openid = (piece: number): string => accounts[piece % accounts.length]?.openid ?? '';
  // Before the clock runs: asking the stand-in for a code is nothing that a person waits for.
  const codes: string[] = [];
  for (let piece = 0; piece < 500 + signIns + seconds; piece += 1) codes.push(await issueCode(openid(piece)));
  const enter = async () => (await bench.api.call('POST', '/api/sign-in/wechat', '', { code: codes.pop() })) === 200;
  await closedLoop(atOnce, 500, enter);
  const many = await measured('sign-in by WeChat, 50 at once', bench.spenders, () =>
    closedLoop(atOnce, signIns, enter),
  );
  const calm = await measured('sign-in by WeChat, one a second', bench.spenders, () => pacedLoop(1, seconds, enter));
  const bare = await replayed(bench, (piece) => [
    ['SELECT COUNT(*) FROM sign_in_failure WHERE address_hash = ? AND at > ?', [sha256('address'), new Date()]],
    [
      `SELECT a.person_id, a.unionid, p.disabled_at FROM wechat_account a JOIN person p ON p.id = a.person_id
       WHERE a.openid = ?`,
      [openid(piece)],
    ],
    ...sessionWrites(people[piece % people.length] ?? '', 'wechat'),
  ]);
  const same = await measured('sign-in by WeChat, its SQL by bare mysql2', bench.spenders, () =>
    closedLoop(atOnce, signIns, bare.run),
  );
  await bare.close();
  judge('sign-in by WeChat, p99 of one a second (ms)', calm.p99, '< 50', calm.p99 < 50);
  judge('sign-in by WeChat, p99 of 50 at once (ms)', many.p99, '< 500', many.p99 < 500);
  judgeShare('sign-in by WeChat ÷ bare', many, same, { floor: 0.1, goal: 0.2 });
}

async function byDesktop(bench: Bench, people: readonly string[]): Promise<void> {
  const confirmed = await confirmedCodes(bench, people, signIns * 2 + 500 + seconds);
  const exchange = async (piece: number) =>
    (await bench.api.call('POST', '/api/sign-in/desktop/exchange', '', { secret: confirmed[piece], check: '0000' })) ===
    200;
  await closedLoop(atOnce, 500, exchange);
  const many = await measured('desktop exchange, 50 at once', bench.spenders, () =>
    closedLoop(atOnce, signIns, (piece) => exchange(500 + piece)),
  );
  const calm = await measured('desktop exchange, one a second', bench.spenders, () =>
    pacedLoop(1, seconds, (piece) => exchange(500 + signIns + piece)),
  );
  const rest = confirmed.slice(500 + signIns + seconds);
  const bare = await replayed(bench, (piece) => {
    const hash = sha256(rest[piece] ?? '');
    const personId = people[piece % people.length] ?? '';
    return [
      [
        'SELECT id, state, browser, network, person_id, asked_at, expires_at FROM desktop_sign_in WHERE secret_hash = ?',
        [hash],
      ],
      [
        'SELECT id, state, check_digits, tries, person_id FROM desktop_sign_in WHERE secret_hash = ? FOR UPDATE',
        [hash],
      ],
      ['SELECT disabled_at FROM person WHERE id = ?', [personId]],
      ["UPDATE desktop_sign_in SET state = 'used' WHERE secret_hash = ? AND state = 'confirmed'", [hash]],
      ...sessionWrites(personId, 'desktop'),
    ];
  });
  const same = await measured('desktop exchange, its SQL by bare mysql2', bench.spenders, () =>
    closedLoop(atOnce, Math.min(signIns, rest.length), bare.run),
  );
  await bare.close();
  judge('desktop exchange, p99 of one a second (ms)', calm.p99, '< 50', calm.p99 < 50);
  judge('desktop exchange, p99 of 50 at once (ms)', many.p99, '< 500', many.p99 < 500);
  judgeShare('desktop exchange ÷ bare', many, same, { floor: 0.2, goal: 0.4 });
}

/** The door's own work for every request: whose session it is. A refusal for want of a right comes right after it. */
async function atTheDoor(bench: Bench, people: readonly string[]): Promise<void> {
  const tokens = await bench.database.transaction((db) =>
    Promise.all(people.slice(0, 100).map((personId) => startSession(db, personId, 'wechat', new Date()))),
  );
  const token = (piece: number): string => tokens[piece % tokens.length]?.token ?? '';
  const knock = async (piece: number) => (await bench.api.call('GET', '/api/settings', token(piece))) === 403;
  await closedLoop(atOnce, 500, knock);
  const many = await measured('session check at the door, 50 at once', bench.spenders, () =>
    closedLoop(atOnce, signIns * 2, knock),
  );
  const calm = await measured('session check at the door, ten a second', bench.spenders, () =>
    pacedLoop(10, seconds, knock),
  );
  const bare = await replayed(bench, (piece) => [[sessionQuery, [new Date(), new Date(), sha256(token(piece))]]]);
  const same = await measured('session check, its SQL by bare mysql2', bench.spenders, () =>
    closedLoop(atOnce, signIns * 2, bare.run),
  );
  await bare.close();
  judge('session check, p99 of ten a second (ms)', calm.p99, '< 20', calm.p99 < 20);
  judgeShare('session check ÷ bare', many, same, { floor: 0.2, goal: 0.4 });
}

/** Secrets of computers that a phone has just let in. */
async function confirmedCodes({ database }: Bench, people: readonly string[], count: number): Promise<string[]> {
  const secrets = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const now = new Date();
  const rows = secrets.map((secret, index) => ({
    ...{ id: ulid(), codeHash: randomBytes(32), secretHash: sha256(secret), addressHash: sha256(`office ${index}`) },
    ...{ state: 'confirmed' as const, browser: 'Chrome（Windows）', network: '192.0.*.*' },
    ...{ personId: people[index % people.length] ?? '', checkDigits: '0000', tries: 0, askedAt: now, decidedAt: now },
    // A bench takes longer than two minutes.
    expiresAt: new Date(now.getTime() + 3_600_000),
  }));
  for (let from = 0; from < rows.length; from += 500)
    await database.transaction((db) => db.insert(DesktopSignIn, rows.slice(from, from + 500)));
  return secrets;
}

type Sql = readonly [sql: string, values: unknown[]];

function sessionWrites(personId: string, channel: string): Sql[] {
  const now = new Date();
  const facts = JSON.stringify({ channel });
  return [
    [
      `INSERT INTO session (id, token_hash, person_id, channel, device, created_at, last_seen_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [ulid(), randomBytes(32), personId, channel, 'Chrome（Windows）', now, now, now],
    ],
    [
      'INSERT INTO audit_entry (id, at, person_id, act, facts) VALUES (?, ?, ?, ?, ?)',
      [ulid(), now, personId, 'signIn', facts],
    ],
    ['COMMIT', []],
  ];
}

async function replayed({ url }: Bench, statementsOf: (piece: number) => Sql[]) {
  const pool = barePool(url, false);
  const run = async (piece: number) => {
    const connection = await pool.getConnection();
    for (const [sql, values] of statementsOf(piece)) await connection.query(sql, values);
    connection.release();
    return true;
  };
  return { run, close: () => pool.end() };
}
