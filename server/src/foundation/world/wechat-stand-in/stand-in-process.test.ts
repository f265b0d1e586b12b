import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { program } from '../../../../test/program';
import { newAppid, sharedClock, standInControl, testApp } from '../../../../test/wechat';
import { wechatCaller } from '../../../../test/wechat-caller';
import { registerApp, type AppControl } from './control';

/** The process: its apps side by side, its control port, its page, its end. */
const secret = 'the-secret-of-the-app';
const template = { id: 't', title: '停水通知', kind: 'oneTime', fields: [{ name: 'thing1', title: '事项' }] } as const;
const clocks = [sharedClock(Date.UTC(2026, 10, 16, 1)), sharedClock(Date.UTC(2026, 10, 16, 1))];
const apps = [
  { appid: newAppid(), secret },
  { appid: newAppid(), secret },
];
let standIns: AppControl[];
beforeAll(async () => {
  const landing = 'http://127.0.0.1:3000/c/';
  const given = (index: number) => ({ clockFile: clocks[index]?.file ?? '', templates: [template], landing });
  standIns = await Promise.all(apps.map((app, index) => testApp({ ...app, ...given(index) })));
});
afterAll(async () => {
  for (const standIn of standIns) {
    await standIn.remove();
    await standIn.close();
  }
  clocks.forEach((clock) => clock.remove());
});
const at = (index: number): AppControl => {
  const standIn = standIns[index];
  if (!standIn) throw new Error('no such app');
  return standIn;
};
const [first, second] = apps.map((app, index) => wechatCaller(() => at(index), app));

const start = (env: NodeJS.ProcessEnv) => spawn(...program('wechat-stand-in', env));

test('two apps live side by side: tokens, people, consents, faults and clocks of one are nothing to the other', async () => {
  const [token, other] = [await first?.takeToken(), await second?.takeToken()];
  expect(token).not.toBe(other);
  clocks[0]?.advance(121 * 60_000);
  const check = (index: number, of: string | undefined) =>
    [first, second][index]?.ask(`/wxaapi/newtmpl/gettemplate?access_token=${of}`);
  expect((await check(0, token))?.reply.errcode).toBe(42001);
  expect((await check(0, other))?.reply.errcode).toBe(0);

  await at(0).grant('o-wang', 't');
  await at(1).outage(true);
  const message = { touser: 'o-wang', template_id: 't', data: { thing1: { value: '停水' } } };
  const send = '/cgi-bin/message/subscribe/send';
  expect((await first?.call(send, message))?.errcode).toBe(0);
  await expect(second?.call(send, message)).rejects.toThrow();
  await at(1).outage(false);
  expect((await second?.call(send, message))?.errcode).toBe(40003);
  expect(await at(1).sentMessages()).toEqual([]);
  expect((await at(0).requests()).filter((call) => call.endsWith(send))).toHaveLength(1);

  const phone = { code: await at(0).issuePhoneCode('o-wang', '15400000001') };
  expect((await second?.call('/wxa/business/getuserphonenumber', phone))?.errcode).toBe(40013);
  const { appid } = apps[0] ?? {};
  const login = `/sns/jscode2session?appid=${appid}&secret=${secret}&grant_type=authorization_code`;
  expect((await first?.ask(`${login}&js_code=${await at(1).issueCode('o-li')}`))?.reply.errcode).toBe(40029);
});

test('its control port hears programs of this machine alone, and says what it cannot do', async () => {
  const address = `${standInControl()}/apps/${apps[0]?.appid}`;
  const post = (headers: Record<string, string>, act = 'seen') =>
    fetch(`${address}/${act}`, { method: 'POST', headers, body: '["o-wang"]' }).then(({ status }) => status);
  expect(await post({ 'content-type': 'application/json' })).toBe(200);
  // What a form or a script of a foreign page can send without asking first.
  expect(await post({ 'content-type': 'text/plain' })).toBe(403);
  expect(await post({ 'content-type': 'application/json' }, 'toString')).toBe(400);
  expect(
    (
      await fetch(`${standInControl()}/apps/wxnobody/seen`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '[]',
      })
    ).status,
  ).toBe(404);
});

test('its page shows the cards of a phone, what is strange, and nothing as code that somebody has written', async () => {
  const openid = '<b>o-wang</b>';
  await at(0).issueCode(openid, '王<婶>');
  await at(0).answerPopup(openid, { t: 'accept' });
  await first?.call('/cgi-bin/message/subscribe/send', {
    ...{ touser: openid, template_id: 't', data: { thing1: { value: '<script>停水</script>' } }, titel: 1 },
    page: 'pages/open/index?k=abc23',
  });
  await at(0).seen('o-li');
  await first?.call('/wxa/msg_sec_check', {
    version: 2,
    openid: 'o-li',
    scene: 2,
    content: '<img src=x onerror=alert(1)>',
  });
  await first?.call('/wxa/<svg onload=alert(1)>', {});
  const nowhere = { url: 'http://127.0.0.1:9/<i>', token: 'AAAAA', encodingAesKey: 'A'.repeat(43) };
  await at(0).setPush({ ...nowhere, mode: 'safe', format: 'json' });
  await at(0).push({ event: '<u>event</u>', openid });
  await at(0).refuse('/wxa/"><b>', 45011, '<em>too often</em>');
  await at(0).fault({ slowMs: 8_000 });
  const page = await (await fetch(`${standInControl()}/?app=${apps[0]?.appid}`)).text();
  expect(page).toContain('<h3>王&lt;婶&gt;</h3>');
  expect(page).toContain('<dt>事项</dt><dd>&lt;script&gt;停水&lt;/script&gt;</dd>');
  expect(page).toContain('<a href="http://127.0.0.1:3000/c/abc23"');
  expect(page).toContain('微信不认识的字段：POST /cgi-bin/message/subscribe/send: titel');
  for (const raw of ['<b>o-wang', '<img', '<svg', '<i>', '<u>', '"><b>']) expect(page).not.toContain(raw);
  expect(page).toContain('慢 8000 毫秒');
  await at(0).noFaults();
  expect(page).not.toContain(secret);
});

test('started by a program it says where it is, keeps what the demo knows in a file, and ends with that program', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandan-stand-in-'));
  const memoryFile = join(folder, 'memory.json');
  const running = async () => {
    const child = start({ SANDAN_MODE: 'demo' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { control } = JSON.parse(line) as { control: string };
    return {
      child,
      standIn: await registerApp(control, { appid: 'wxdemo', secret, templates: [template], memoryFile }),
    };
  };
  const before = await running();
  await before.standIn.grant('o-wang', 't', 2);
  await before.standIn.close();
  before.child.stdin.end();
  expect(await once(before.child, 'exit')).toEqual([0, null]);
  expect(readFileSync(memoryFile, 'utf8')).toContain('o-wang');

  const after = await running();
  expect(await after.standIn.left('o-wang', 't')).toBe(2);
  await after.standIn.close();
  after.child.kill('SIGTERM');
  expect(await once(after.child, 'exit')).toEqual([0, null]);
  rmSync(folder, { recursive: true });
}, 30_000);

test('production does not start it', async () => {
  const child = start({ SANDAN_MODE: 'production' });
  expect(await once(child, 'exit')).toEqual([1, null]);
}, 30_000);
