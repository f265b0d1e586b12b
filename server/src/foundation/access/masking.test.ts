import fc from 'fast-check';
import { MaskedName, MaskedPhone } from '@sandan/shared/schemas';
import { maskName, maskPhone, maskPhonesAndIds } from './masking';

test('a name keeps its first and last character, a short one only its last', () => {
  expect(['张三', '王桂英', '欧阳小明', '李', '𠮷田花'].map(maskName)).toEqual([
    '*三',
    '王*英',
    '欧**明',
    '*',
    '𠮷*花',
  ]);
});

test('every masked name passes the reply schema', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (name) => MaskedName.safeParse(maskName(name)).success));
});

test('a mobile number loses its middle; what is no mobile number is not shown at all', () => {
  expect(maskPhone('13812341234')).toBe('138****1234');
  expect(MaskedPhone.safeParse(maskPhone('13812341234')).success).toBe(true);
  expect([maskPhone(null), maskPhone('0752-1234567'), maskPhone('138')]).toEqual([null, null, null]);
});

describe('free text for the public', () => {
  const wide = [...'13812341234'].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
  const phones = ['13812341234', '138 1234 1234', '138-1234-1234', wide, '138\uff0d1234\uff0d1234', '+86 13812341234'];
  const others = [
    '一三八一二三四一二三四',
    '幺三八 一二三四 一二三四',
    '0752-1234567',
    '44130019800101123X',
    '441300800101123',
  ];
  test.each([...phones, ...others])('does not show %s', (number) => {
    expect(maskPhonesAndIds(`请打${number}，找王婶`)).toMatch(/^请打\+?\*\*\*，找王婶$/);
  });

  test('does not show a number that hides behind another one', () => {
    expect(maskPhonesAndIds('住12 13812341234')).toBe('住***');
  });

  test('keeps hotlines, dates, amounts and doors', () => {
    const text = '着火打119,2026-11-22 13:40 三组12号门口，花了128000元，拨12345也行';
    expect(maskPhonesAndIds(text)).toBe(text);
  });

  test('finds a mobile number however it is broken up', () => {
    const separators = fc.array(fc.constantFrom('', ' ', '-', '\u3000', '\u00b7'), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), separators, (phone, between) => {
        const written = [...phone].map((digit, place) => digit + (between[place] ?? '')).join('');
        expect(maskPhonesAndIds(`电话${written}`)).toMatch(/^电话\*\*\*[\s\-\u00b7]?$/);
      }),
    );
  });
});
