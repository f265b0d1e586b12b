import { partsOf } from './judge-words';

test('a long text goes to WeChat in parts of at most 2,500 characters that overlap, and none of it is left out', () => {
  expect(partsOf('路灯不亮')).toEqual(['路灯不亮']);
  expect(partsOf('好'.repeat(2_500))).toHaveLength(1);
  const long = Array.from({ length: 6_000 }, (_, index) => String.fromCodePoint(0x20000 + index)).join('');
  const parts = partsOf(long);
  expect(parts.map((part) => [...part].length)).toEqual([2_500, 2_500, 1_200]);
  expect([...(parts[0] ?? '')].slice(-100)).toEqual([...(parts[1] ?? '')].slice(0, 100));
  expect([...(parts[2] ?? '')].at(-1)).toBe([...long].at(-1));
});
