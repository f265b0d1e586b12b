import { breakLines } from './line-breaks';

/** Hanzi are one wide, everything else half of that. */
const widthOf = (character: string): number => (/[\p{Script=Han}，。（）、！]/u.test(character) ? 1 : 0.5);
const lines = (text: string, width: number): string[] => breakLines(text, width, widthOf);

test('hanzi break anywhere, as late as they can', () => {
  expect(lines('年底前在巷口装路灯', 4)).toEqual(['年底前在', '巷口装路', '灯']);
});

test('no line begins with a comma or a full stop, none ends with an opening bracket', () => {
  expect(lines('装好了，都亮', 3)).toEqual(['装好', '了，都', '亮']);
  expect(lines('装路灯（四盏）', 4)).toEqual(['装路灯', '（四盏）']);
  for (const line of lines('（一）修路，（二）装灯，（三）清沟。'.repeat(5), 5)) {
    expect(line).not.toMatch(/^[，。）]/);
    expect(line).not.toMatch(/（$/);
  }
});

test('a number or a word is not torn apart while a line has room for it', () => {
  expect(lines('护栏 100 米和 K3+200 处', 5)).toEqual(['护栏 100', '米和', 'K3+200 处']);
});

test('what is longer than a line is cut, and nothing is lost', () => {
  const address = 'https://example.com/a/very/long/address';
  const cut = lines(address, 5);
  expect(cut.join('')).toBe(address);
  expect(cut.every((line) => line.length <= 10)).toBe(true);
});

test('line breaks of the text stay, an empty text is one empty line', () => {
  expect(lines('一\n二', 9)).toEqual(['一', '二']);
  expect(lines('', 9)).toEqual(['']);
});

test('a character outside the basic plane is one character', () => {
  expect(lines('李𠅤明', 2)).toEqual(['李𠅤', '明']);
});
