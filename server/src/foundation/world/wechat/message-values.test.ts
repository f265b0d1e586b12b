import fc from 'fast-check';
import { faultOfValue } from '../wechat-stand-in/message-rules';
import { fitValue, kindOfField, timeValue, valueKinds, type ValueKind } from './message-values';

/** What somebody has to have formed: nothing can be cut out of anything. */
const formed: readonly ValueKind[] = ['time', 'date', 'enum'];

test('whatever somebody writes is fitted so that WeChat takes it, or left out', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '李*峰',
      '村道拐弯处的路灯不亮，晚上出门看不见路了',
      '¥12.50元',
      '-3.5',
      '粤A12345',
      '＋86 0752-8880110',
      '👨‍👩‍👧'.repeat(9),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...valueKinds.filter((kind) => !formed.includes(kind))), words, (kind, value) => {
      const fit = fitValue(kind, value);
      if (fit !== null) expect([kind, fit, faultOfValue(`${kind}1`, fit)]).toEqual([kind, fit, null]);
    }),
    { numRuns: 3_000 },
  );
});

test('cut by code points, with a sign that something is missing; line breaks are blanks', () => {
  expect(fitValue('thing', '村道拐弯处的路灯不亮，晚上出门看不见路')).toBe('村道拐弯处的路灯不亮，晚上出门看不见路');
  expect(fitValue('thing', '村道拐弯处的路灯不亮，晚上出门看不见路了，危险')).toBe(
    '村道拐弯处的路灯不亮，晚上出门看不见路…',
  );
  expect(fitValue('thing', `${'👍'.repeat(19)}ab`)).toBe(`${'👍'.repeat(19)}…`);
  expect(fitValue('thing', '一行\n\n\u200b两行\t')).toBe('一行 两行');
  expect(fitValue('thing', ' \n ')).toBeNull();
  expect(fitValue('phrase', '已接单（党员）')).toBe('已接单党员');
  expect(fitValue('phrase', 'ok')).toBeNull();
  expect(fitValue('name', 'Wang Guiying of the third group')).toBe('Wang Guiying of the…');
  expect(fitValue('character_string', '单号 A-2026/15')).toBe('A-2026/15');
});

test('a time is one of China, in a form that WeChat reads', () => {
  const value = timeValue(new Date('2026-09-15T16:05:00Z'));
  expect(value).toBe('2026年9月16日 00:05');
  for (const kind of ['time', 'date']) expect(faultOfValue(`${kind}2`, value)).toBeNull();
});

test('the rules refuse what WeChat refuses', () => {
  const refused: [string, unknown, string][] = [
    ['thing1', '一'.repeat(21), 'thing1.value invalid'],
    ['thing1', '', 'thing1.value is empty'],
    ['thing1', '两\n行', 'thing1.value invalid'],
    ['time2', '明天九点', 'time2.value invalid'],
    ['time2', '09:00～10:00', 'time2.value invalid'],
    ['phrase16', '已接单了呀好', 'phrase16.value invalid'],
    ['phrase16', 'done', 'phrase16.value invalid'],
    ['character_string3', '单号', 'character_string3.value invalid'],
    ['thought1', '好', 'thought1 invalid'],
    ['number4', 'eleven', 'number4.value invalid'],
  ];
  for (const [field, value, fault] of refused) expect(faultOfValue(field, value)).toBe(fault);
  for (const value of ['09:00', '09:00~10:30', '2019年10月1日 15:01', '2026-09-15 09:00:00'])
    expect(faultOfValue('time2', value)).toBeNull();
  for (const value of ['2019年10月1日', '10月1日', '2019.10.01', '2019年10月'])
    expect(faultOfValue('date2', value)).toBeNull();
});

test('a field is named by its kind and a number', () => {
  const names = ['thing1', 'character_string12', 'phone_number3', 'enum1', 'enum_string2'];
  expect(names.map(kindOfField)).toEqual(['thing', 'character_string', 'phone_number', 'enum', 'enum']);
  expect(['thing', 'thing1x', '1', 'Thing1', 'string1'].map(kindOfField)).toEqual([null, null, null, null, null]);
});
