import readXlsxFile from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { unpack } from '../spreadsheets/zip';
import { startDocuments, type Documents } from './documents';
import type { Cell, Paper } from './paper';

let documents: Documents;
beforeAll(() => {
  documents = startDocuments();
});
afterAll(() => documents.close());

const columns = [
  { title: '序号', width: 4 },
  { title: '承诺人', width: 7, merged: true },
  { title: '承诺事项', width: 14, words: true, bold: true },
  { title: '具体内容', width: 29, words: true },
  { title: '完成时限', width: 9 },
  { title: '兑现率', width: 6, percent: true },
] as const;

const rowOf = (number: number, name: string, words = '年底前在巷口装 4 盏路灯，坏了三天内修好。'): Cell[] => [
  ...[number, name, `第${number}件：装路灯`, words],
  ...[{ day: '2026-12-31' }, 0.985],
];
const paperOf = (rows: readonly (readonly Cell[])[]): Paper => ({
  title: '碧塘村党支部 2026 年双向承诺公示表',
  lines: ['公示时间：2026 年 3 月 1 日至 2026 年 3 月 8 日（公示期 7 天）'],
  watermark: null,
  tables: [{ name: '公示表', columns, groups: [{ title: '一、班子承诺', rows }] }],
  signature: ['碧塘村党支部', '2026 年 3 月 1 日'],
  foot: '群众可以在三单小程序里评诺、提意见。',
});
const many = (count: number): Cell[][] =>
  Array.from({ length: count }, (_, index) => rowOf(index + 1, `党员${Math.floor(index / 4)}`));

/** Each page's text, without the spaces that layout puts in. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  return text.map((page) => page.replace(/\s/g, ''));
}

describe('a PDF', () => {
  test('is A3 across, says what it was given, and carries its fonts', async () => {
    const pdf = await documents.make('pdf', paperOf([rowOf(1, '张喆'), rowOf(2, '李䶮'), rowOf(3, '㛃小芳')]));
    const proxy = await getDocumentProxy(new Uint8Array(pdf));
    const { width, height } = (await proxy.getPage(1)).getViewport({ scale: 1 });
    expect([proxy.numPages, Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual([1, 420, 297]);
    const [page = ''] = await pagesOf(pdf);
    for (const words of ['碧塘村党支部2026年双向承诺公示表', '公示期7天', '一、班子承诺', '第2件：装路灯']) {
      expect(page).toContain(words);
    }
    for (const words of ['张喆', '李䶮', '㛃小芳', '2026-12-31', '98.5%', '第1页，共1页', '评诺、提意见']) {
      expect(page).toContain(words);
    }
    expect(pdf.toString('latin1').match(/\/FontFile3/g)).toHaveLength(2);
    // Of each font only the characters that are used: whole, they are 8 MB each.
    expect(pdf.length).toBeLessThan(400_000);
  });

  test('of many rows repeats its head on every page, numbers them and loses no row', async () => {
    const pages = await pagesOf(await documents.make('pdf', paperOf(many(240))));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      expect(page).toContain('序号承诺人承诺事项');
      expect(page).toContain(`第${index + 1}页，共${pages.length}页`);
    });
    const whole = pages.join('');
    for (let number = 1; number <= 240; number += 1) expect(whole).toContain(`第${number}件：装路灯`);
  });

  test('names whoever promises several things once, and again on the next page', async () => {
    const [page = ''] = await pagesOf(await documents.make('pdf', paperOf(many(8))));
    expect(page.match(/党员0/g)).toHaveLength(1);
    const long = Array.from({ length: 40 }, (_, index) => rowOf(index + 1, '何国栋'));
    const pages = await pagesOf(await documents.make('pdf', paperOf(long)));
    expect(pages.map((each) => each.match(/何国栋/g)?.length)).toEqual(pages.map(() => 1));
  });

  test('goes on with a cell that is longer than a page', async () => {
    const words = Array.from({ length: 1500 }, (_, index) => `第${index}句。`).join('');
    const pages = await pagesOf(await documents.make('pdf', paperOf([rowOf(1, '李晓峰', words)])));
    expect(pages.length).toBeGreaterThan(1);
    for (const index of [0, 700, 1499]) expect(pages.join('')).toContain(`第${index}句。`);
  });
});

describe('what is not for the public', () => {
  const watermark = '由何国栋&妻于 2026 年 11 月 22 日 17:05 导出';
  const bare = watermark.replace(/\s/g, '');

  test('says on every page of a PDF, again and again, who took it out', async () => {
    const pages = await pagesOf(await documents.make('pdf', { ...paperOf(many(100)), watermark }));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page.split(bare).length).toBeGreaterThan(7);
  });

  test('says it above and below every sheet, and in the foot of every printed page', async () => {
    const paper = paperOf([rowOf(1, '李䶮')]);
    const second = { ...paper, tables: [...paper.tables, ...paper.tables.map((table) => ({ ...table, name: '乙' }))] };
    const xlsx = await documents.make('xlsx', { ...second, watermark });
    const sheets = await readXlsxFile(xlsx);
    expect(sheets.map(({ data }) => data.flat().filter((cell) => cell === watermark).length)).toEqual([2, 2]);
    const parts = unpack(xlsx, { entries: 100, bytes: 10_000_000 }, (name) => name.startsWith('xl/worksheets/sheet'));
    const feet = parts.map(({ content }) => /<oddFooter>(.*)<\/oddFooter>/.exec(content.toString('utf8'))?.[1]);
    expect(feet).toEqual(parts.map(() => expect.stringContaining('何国栋&amp;&amp;妻') as string));
  });
});

describe('a workbook', () => {
  const rowsOf = async (xlsx: Buffer) => (await readXlsxFile(xlsx))[0]?.data ?? [];

  test('has title, head and rows; dates are dates, numbers are numbers', async () => {
    const rows = await rowsOf(await documents.make('xlsx', paperOf([rowOf(1, '李䶮')])));
    expect(rows[0]?.[0]).toBe('碧塘村党支部 2026 年双向承诺公示表');
    expect(rows[2]).toEqual(['序号', '承诺人', '承诺事项', '具体内容', '完成时限', '兑现率']);
    expect(rows[4]).toEqual([
      ...[1, '李䶮', '第1件：装路灯', '年底前在巷口装 4 盏路灯，坏了三天内修好。'],
      ...[new Date('2026-12-31T00:00:00Z'), 0.985],
    ]);
  });

  test('is printed on A3 across, as wide as the page, with its head on every one', async () => {
    const xlsx = await documents.make('xlsx', paperOf(many(200)));
    const parts = unpack(xlsx, { entries: 100, bytes: 10_000_000 }, () => true);
    const part = (wanted: string) => parts.find(({ name }) => name === wanted)?.content.toString('utf8') ?? '';
    const sheet = part('xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
    const [setup = ''] = /<pageSetup[^>]*>/.exec(sheet) ?? [];
    for (const setting of ['paperSize="8"', 'orientation="landscape"', 'fitToWidth="1"', 'fitToHeight="0"'])
      expect(setup).toContain(setting);
    expect(part('xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'公示表'!$1:$3</definedName>`,
    );
  });

  test.each(['=1+1', '+86', '-2', '@SUM(A1)', '=HYPERLINK("http://x","点")'])(
    'keeps %s as the text it is',
    async (typed) => {
      const rows = await rowsOf(await documents.make('xlsx', paperOf([rowOf(1, typed)])));
      expect(rows[4]?.[1]).toBe(typed);
    },
  );
});

describe('the child process', () => {
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test('that dies is started again and the paper made after all', async () => {
    const incidents: string[] = [];
    const own = startDocuments({ onIncident: (incident) => incidents.push(incident) });
    await own.make('xlsx', paperOf([rowOf(1, '张喆')]));
    const making = own.make('xlsx', paperOf(many(3_000)));
    process.kill(Number(own.pid()), 'SIGKILL');
    expect((await making).length).toBeGreaterThan(1_000);
    expect(incidents).toEqual([expect.stringContaining('SIGKILL')]);
    await own.close();
  });

  test('that takes too long is ended, and the paper refused in words that say: later', async () => {
    const own = startDocuments({ timeLimitMs: 50 });
    const refusal = { code: 'paper.failed', status: 503 };
    await expect(own.make('pdf', paperOf(many(240)))).rejects.toMatchObject(refusal);
    expect(own.pid()).toBeUndefined();
    await own.close();
  });

  test('lets a few wait and refuses the rest', async () => {
    const own = startDocuments({ longestQueue: 1 });
    const small = paperOf([rowOf(1, '张喆')]);
    const answers = await Promise.allSettled([own.make('pdf', small), own.make('pdf', small), own.make('pdf', small)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: { code: 'paper.busy', status: 503, retryAfter: 5 } });
    await own.close();
  });

  test('gives its memory back when nobody wants anything, and comes again', async () => {
    const own = startDocuments({ idleLimitMs: 20 });
    const small = paperOf([rowOf(1, '张喆')]);
    await own.make('xlsx', small);
    await until(() => own.pid() === undefined);
    expect((await own.make('xlsx', small)).length).toBeGreaterThan(1_000);
    await own.close();
  });
});
