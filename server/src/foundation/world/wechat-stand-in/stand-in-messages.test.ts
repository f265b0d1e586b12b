import { until } from '../../../../test/web-process';
import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import { wechatCaller } from '../../../../test/wechat-caller';
import type { AppControl } from './control';
import type { Template } from './templates';

/** subscribe/send, as wechat.md §5 says it. */
const app = { appid: newAppid(), secret: 'the-secret-of-the-app' };
const clock = sharedClock(Date.UTC(2026, 10, 16, 1));
const field = (name: string) => ({ name, title: name });
const once: Template = { id: 'once', title: '进度通知', kind: 'oneTime', fields: [field('thing1'), field('time2')] };
const lasting: Template = { id: 'lasting', title: '停水通知', kind: 'longTerm', fields: [field('thing1')] };
const chosen: Template = {
  ...{ id: 'chosen', title: '满意度', kind: 'longTerm' },
  fields: [{ name: 'enum1', title: '结果', choices: ['满意', '不满意'] }],
};
const kinds = [
  ...['thing', 'number', 'letter', 'symbol', 'character_string', 'time', 'date', 'amount'],
  ...['phone_number', 'car_number', 'name', 'phrase'],
];
const oneOfEach = kinds.map((kind): Template => ({ ...lasting, id: kind, fields: [field(`${kind}7`)] }));
let standIn: AppControl;
beforeEach(async () => {
  standIn = await testApp({ ...app, clockFile: clock.file, templates: [once, lasting, chosen, ...oneOfEach] });
});
afterEach(async () => {
  await standIn.remove();
  await standIn.close();
});
afterAll(() => clock.remove());

const { call } = wechatCaller(() => standIn, app);
const good = {
  touser: 'o-wang',
  template_id: 'once',
  page: 'pages/open/index?k=a',
  data: { thing1: { value: '路灯修好了' }, time2: { value: '2026年9月15日 09:00' } },
};
const send = (change: object = {}) => call('/cgi-bin/message/subscribe/send', { ...good, ...change });
const errcode = async (change: object = {}) => (await send(change)).errcode;

test('each acceptance of a one-time template is one message; several add up; each is kept as the card a phone shows', async () => {
  await standIn.seen('o-wang');
  expect((await send()).errmsg).toMatch(/^user refuse to accept the msg rid: [\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/);
  await standIn.grant('o-wang', 'once', 2);
  expect([await errcode(), await errcode(), await errcode()]).toEqual([0, 0, 43101]);
  const sent = await standIn.sentMessages('o-wang');
  expect(sent).toHaveLength(2);
  expect(sent[0]).toMatchObject({ title: '进度通知', page: 'pages/open/index?k=a', at: clock.now() });
  expect(sent[0]?.lines.map(({ value }) => value)).toEqual(['路灯修好了', '2026年9月15日 09:00']);
  expect(await standIn.sentMessages('o-other')).toEqual([]);
});

test('a long-term template is accepted once for all messages, until it is withdrawn', async () => {
  const water = { template_id: 'lasting', data: { thing1: { value: '明天停水' } } };
  await standIn.grant('o-wang', 'lasting');
  expect([await errcode(water), await errcode(water), await errcode(water)]).toEqual([0, 0, 0]);
  await standIn.withdraw('o-wang', 'lasting');
  expect(await errcode(water)).toBe(43101);
});

test('every mistake has its own number, and none of them uses an acceptance up', async () => {
  await standIn.grant('o-wang', 'once');
  const wrong: [number, object][] = [
    [40003, { touser: 'o-stranger' }],
    [40003, { touser: undefined }],
    [40037, { template_id: 'nowhere' }],
    [41030, { page: 'pages/nowhere/index' }],
    [41030, { page: '/pages/open/index' }],
    [47003, { miniprogram_state: 'released' }],
    [47003, { lang: 'de_DE' }],
    [47003, { data: undefined }],
  ];
  for (const [number, change] of wrong) expect([change, await errcode(change)]).toEqual([change, number]);
  await standIn.forbidWords('赌场');
  expect(await errcode({ data: { ...good.data, thing1: { value: '去赌场' } } })).toBe(45168);
  await standIn.ban('once', true);
  expect(await errcode()).toBe(43107);
  await standIn.ban('once', false);
  expect(await errcode({ page: undefined, miniprogram_state: 'trial', lang: 'zh_CN' })).toBe(0);
  expect(await standIn.unknownFields()).toEqual([]);
  await errcode({ data: { ...good.data, thing1: { value: '好', color: '#000' } }, emphasis_keyword: 'thing1' });
  expect(await standIn.unknownFields()).toEqual([
    'POST /cgi-bin/message/subscribe/send: emphasis_keyword',
    'POST /cgi-bin/message/subscribe/send: data.thing1.color',
  ]);
});

test('47003 names the field: one that is empty, missing, wrong, or not of the template', async () => {
  await standIn.grant('o-wang', 'once');
  const said = async (data: object) => (await send({ data })).errmsg?.replace(/ ?rid: ?[\da-f-]{26}$/, '');
  const { thing1, time2 } = good.data;
  expect(await said({ thing1 })).toBe('argument invalid! data.time2.value is empty');
  expect(await said({ thing1, time2: { value: '' } })).toBe('argument invalid! data.time2.value is empty');
  expect(await said({ thing1, time2: { value: ' ' } })).toBe('argument invalid! data.time2.value is empty');
  expect(await said({ thing1, time2: '09:00' })).toBe('argument invalid! data.time2.value is empty');
  expect(await said({ thing1: { value: '长'.repeat(21) }, time2 })).toBe('argument invalid! data.thing1.value invalid');
  expect(await said({ thing1, time2, thing3: { value: '多' } })).toBe('argument invalid! data.thing3 invalid');
  expect(await standIn.left('o-wang', 'once')).toBe(1);
});

/** §5.2, line by line: what may stand in a field of each type, and what may not. */
const values: [kind: string, good: string[], bad: string[]][] = [
  ['thing', ['长'.repeat(20), '𠮷'.repeat(20), 'No.3 路灯（二组）'], ['长'.repeat(21), '两\n行', '响\u0007铃']],
  ['number', ['1'.repeat(32), '12.5'], ['1'.repeat(33), '三', '1 2', '1.2.3']],
  ['letter', ['a'.repeat(32)], ['a'.repeat(33), 'a1', '甲']],
  ['symbol', ['￥%&*#', '+'], ['!!!!!!', 'a', '1']],
  ['character_string', ['A-1/2'.repeat(6), 'x'.repeat(32)], ['单号1', 'x'.repeat(33)]],
  [
    'time',
    ['09:00', '23:59:59', '2019年10月1日 15:01', '09:00~11:30'],
    ['24:00', '9时', '09:00～11:30', '2019年10月1日'],
  ],
  [
    'date',
    [
      '2019年10月1日',
      '2019年10月',
      '10月1日',
      '2019-10-01',
      '2019/10/1',
      '2019.10.1',
      '2019年10月1日 15:01',
      '10月1日~10月3日',
    ],
    ['昨天', '20191001', '15:01'],
  ],
  ['amount', ['¥100', '100元', '1234567890', '9.90元'], ['12345678901', '一百元', '100块']],
  ['phone_number', ['+86-0766-66888866', '15400000000'], ['1'.repeat(18), '电话', '138****1234']],
  ['car_number', ['粤A8Z888挂'], ['粤A8Z88888', '粤粤A8888', '粤a8888']],
  ['name', ['欧'.repeat(10), 'a'.repeat(20)], ['欧'.repeat(11), 'a'.repeat(21), `欧${'a'.repeat(10)}`]],
  ['phrase', ['已经办好', '等'], ['已经办好了呀', 'ok', '办好1']],
];
test.each(values)('a field of %s takes what WeChat says it takes, and nothing else', async (kind, taken, refused) => {
  await standIn.grant('o-wang', kind);
  const answers = async (all: string[]) => {
    const outcomes: [string, unknown][] = [];
    for (const value of all)
      outcomes.push([value, await errcode({ template_id: kind, data: { [`${kind}7`]: { value } } })]);
    return outcomes;
  };
  expect(await answers(taken)).toEqual(taken.map((value) => [value, 0]));
  expect(await answers(refused)).toEqual(refused.map((value) => [value, 47003]));
});

test('an enum field takes the words of its template; gettemplate tells templates as WeChat does', async () => {
  await standIn.grant('o-wang', 'chosen');
  const choose = (value: string) => errcode({ template_id: 'chosen', data: { enum1: { value } } });
  expect([await choose('满意'), await choose('一般')]).toEqual([0, 47003]);
  const { data } = await call('/wxaapi/newtmpl/gettemplate');
  expect((data as object[]).slice(0, 3)).toEqual([
    expect.objectContaining({ priTmplId: 'once', type: 2, content: 'thing1:{{thing1.DATA}}\ntime2:{{time2.DATA}}\n' }),
    expect.objectContaining({ priTmplId: 'lasting', type: 3 }),
    expect.objectContaining({
      keywordEnumValueList: [{ keywordCode: 'enum1.DATA', enumValueList: ['满意', '不满意'] }],
    }),
  ]);
});

test('a second message to one person while the first is in hand is refused, one to somebody else is not', async () => {
  await standIn.grant('o-wang', 'once', 3);
  await standIn.grant('o-li', 'once');
  await standIn.sendTakes(60_000);
  const sends = async () => (await standIn.requests()).filter((asked) => asked.endsWith('/subscribe/send')).length;
  const first = errcode();
  await until(async () => (await sends()) === 1);
  expect(await errcode()).toBe(43108);
  const other = errcode({ touser: 'o-li' });
  await until(async () => (await sends()) === 3);
  await standIn.sendTakes(0);
  expect(await Promise.all([first, other])).toEqual([0, 0]);
  expect(await errcode()).toBe(0);
  expect(await standIn.left('o-wang', 'once')).toBe(1);
});
