import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import writeWorkbook from 'write-excel-file/node';
import { pack } from '../../spreadsheets/zip';
import { findHead } from '../head';
import { openRosterFile } from './roster-file';
import type { RawRow } from './raw-row';

/** Files that lie: each is read for what it is, or refused in a sentence that says what to do. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-lying-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function read(content: Buffer | string) {
  const path = join(folder, `${(count += 1)}`);
  await writeFile(path, content);
  const file = await openRosterFile(path);
  try {
    const rows: RawRow[] = [];
    for await (const some of file.rows()) rows.push(...some);
    return { rows, notes: file.notes() };
  } finally {
    await file.close();
  }
}
const refusal = (content: Buffer | string): Promise<string> =>
  read(content).then(
    () => 'read',
    (error: { code?: string }) => error.code ?? String(error),
  );

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function entriesOf(
  rows: string,
  { after = '', types = 'sheet.main+xml', strings = '', columns = '', second = '', from1904 = false } = {},
) {
  const other = second
    ? '<sheet name="二组" sheetId="3" r:id="rId2"/><sheet name="Sheet3" sheetId="4" r:id="rId3"/>'
    : '';
  const sheet = (content: string) => `<worksheet xmlns="${main}">${content}</worksheet>`;
  const entries = {
    '[Content_Types].xml': `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${types}"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets><sheet name="藏着的" sheetId="1" state="hidden" r:id="rId9"/><sheet name="名册" sheetId="2" r:id="rId1"/>${other}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Target="/xl/worksheets/sheet3.xml"/></Relationships>',
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet(`${columns}<sheetData>${rows}</sheetData>${after}`),
    ...(second
      ? {
          'xl/worksheets/sheet2.xml': sheet(`<sheetData>${second}</sheetData>`),
          'xl/worksheets/sheet3.xml': sheet('<sheetData><row r="1"><c r="A1" s="1"/></row></sheetData>'),
        }
      : {}),
    ...(strings ? { 'xl/sharedStrings.xml': strings } : {}),
  };
  return Object.entries(entries).map(([name, text]) => ({ name, content: Buffer.from(text) }));
}
const workbook = (...args: Parameters<typeof entriesOf>): Buffer => pack(entriesOf(...args));
const text = (cell: string, words: string) => `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`;

test('formulas, errors and lost digits are marked at their cells; dates and whole numbers are read', async () => {
  const { rows } = await read(
    workbook(
      `<row r="2">${text('A2', '姓名')}<c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="e"><v>#N/A</v></c>` +
        '<c r="D2"><v>4.4010119900101E+17</v></c><c r="E2"><v>15412345678</v></c><c r="F2" s="1"><v>45658</v></c>' +
        '<c r="G2"><v>1.5412345678E10</v></c><c r="H2" t="str"><f>A2</f></c></row>',
    ),
  );
  expect(rows).toEqual([
    {
      number: 2,
      cells: ['姓名', '2', '#N/A', '4.4010119900101E+17', '15412345678', '2025-01-01', '15412345678', '='],
      odd: { 1: 'formula', 2: 'error', 3: 'digitsLost', 7: 'formula' },
    },
  ]);
});

test('hidden characters go, texts in several fonts are one, phonetic guides are none', async () => {
  const strings = `<sst xmlns="${main}"><si><r><t>王\u200b桂</t></r><r><t>英\ufeff</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></si></sst>`;
  const { rows } = await read(
    workbook('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c></row>', { strings }),
  );
  expect(rows[0]?.cells[0]).toBe('王桂英');
});

test('a million empty rows are nothing, and merged cells are told with their place', async () => {
  const empty = Array.from(
    { length: 1_048_000 },
    (_, index) => `<row r="${index + 3}"><c r="A${index + 3}" s="1"/></row>`,
  ).join('');
  const { rows, notes } = await read(
    workbook(`<row r="1">${text('A1', '户号')}</row>${empty}`, {
      after: '<mergeCells><mergeCell ref="A2:A5"/></mergeCells>',
    }),
  );
  expect(rows).toHaveLength(1);
  expect(notes.merged).toEqual([{ firstRow: 2, lastRow: 5, range: 'A2:A5' }]);
}, 60_000);

test('macros, locked and old files, definitions of their own and plain rubbish are refused', async () => {
  expect(await refusal(workbook('', { types: 'sheet.macroEnabled.main+xml' }))).toBe('sheet.macros');
  expect(await refusal(pack([...entriesOf(''), { name: 'xl/vbaProject.bin', content: Buffer.from('x') }]))).toBe(
    'sheet.macros',
  );
  expect(await refusal(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]))).toBe(
    'sheet.old-format',
  );
  const entities = entriesOf('').map((entry) =>
    entry.name === 'xl/worksheets/sheet1.xml'
      ? { ...entry, content: Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>') }
      : entry,
  );
  expect(await refusal(pack(entities))).toBe('sheet.broken');
  expect(await refusal(pack([{ name: 'word/document.xml', content: Buffer.from('<a/>') }]))).toBe('sheet.not-a-sheet');
  expect(await refusal(Buffer.from('PK\u0003\u0004rubbish'))).toBe('sheet.broken');
  expect(await refusal(workbook(`<row r="99999999">${text('A1', 'x')}</row>`))).toBe('sheet.broken');
});

const asXml = (words: string): string => words.replace(/\n/g, '&#10;');
const named = (name: string, content = 'x') => ({ name, content: Buffer.from(content) });

test.each([
  ['a date counted from 1904', '<c r="A1" s="1"><v>43831</v></c>', { from1904: true }, '2024-01-02'],
  ['the same from 1900', '<c r="A1" s="1"><v>45293</v></c>', {}, '2024-01-02'],
  ['a date in Chinese', text('A1', '2024年1月2日'), {}, '2024年1月2日'],
  ['an ISO date of WPS', '<c r="A1" t="d"><v>2024-01-02T00:00:00</v></c>', {}, '2024-01-02'],
  ['full-width digits', text('A1', '１５４'), {}, '１５４'],
  ['a head in two lines', text('A1', asXml(' 手机\n号 * ')), {}, '手机\n号 *'],
  ['a number that was a text once', '<c r="A1"><v>12</v></c>', {}, '12'],
])('%s is read as it stands', async (_what, cell, how, expected) => {
  const { rows } = await read(workbook(`<row r="1">${cell}</row>`, how));
  expect(rows[0]).toMatchObject({ cells: [expected], odd: null });
});

test('what is hidden, and what stands on other sheets, is told', async () => {
  const { rows, notes } = await read(
    workbook(
      `<row r="1">${text('A1', '户号')}</row><row r="2" hidden="1">${text('A2', '0012')}</row><row r="3" hidden="1"/>`,
      { columns: '<cols><col min="2" max="3" hidden="1"/></cols>', second: `<row r="1">${text('A1', '0013')}</row>` },
    ),
  );
  expect(rows).toHaveLength(2);
  expect(notes).toEqual({ merged: [], hiddenRows: [2], hiddenColumns: [1, 2], otherSheets: ['二组'] });
});

test('one head in two columns is asked about; spaces, stars and line breaks in a head are nothing', () => {
  const column = (key: string, head: string) => ({
    key,
    head,
    note: '',
    samples: ['', ''] as const,
    needed: true as const,
  });
  const columns = [column('name', '姓名'), column('phone', '手机号')];
  const row = (...cells: string[]) => [{ number: 3, cells, odd: null }];
  expect(findHead(row('姓 名*', '手机\n号（必填）'.replace('（必填）', ' *')), columns).places).toEqual([0, 1]);
  const twice = () => findHead(row('姓名', '手机号', '手机号'), columns);
  expect(twice).toThrow(expect.objectContaining({ fields: { file: '“手机号”有两列，请只留一列' } }) as Error);
});

test.each([
  ['a name that leads out of the folder', pack([...entriesOf(''), named('../../etc/passwd')]), 'sheet.broken'],
  ['an absolute name', pack([...entriesOf(''), named('/etc/passwd')]), 'sheet.broken'],
  [
    'thousands of files',
    pack([...entriesOf(''), ...Array.from({ length: 2_001 }, (_, n) => named(`a${n}`))]),
    'roster.too-large',
  ],
])('%s opens nothing', async (_what, file, code) => {
  expect(await refusal(file)).toBe(code);
});

test('texts of a workbook that would fill the memory are refused', async () => {
  const texts = `<si><t>${'户'.repeat(10_000)}</t></si>`.repeat(3_600);
  expect(await refusal(workbook('', { strings: `<sst xmlns="${main}">${texts}</sst>` }))).toBe('roster.too-large');
}, 60_000);

test('a bomb stops where it would hurt, and the child is not needed for the next file', async () => {
  const name = 'xl/worksheets/sheet1.xml';
  const bomb = Buffer.concat([Buffer.from('<worksheet><sheetData>'), Buffer.alloc(80 * 1024 * 1024, ' ')]);
  expect(await refusal(deflated(entriesOf(''), name, bomb))).toBe('roster.too-large');
  expect((await read('户号,姓名\n1,甲')).rows).toHaveLength(2);
}, 60_000);

test('CSV in UTF-8 with and without a mark, in GBK and as “Unicode 文本”; numbers that Excel has spoilt are marked', async () => {
  const lines = '户号,姓名,手机号\r\n="0012","王,桂英",1.54E+10\r\n';
  const cells = [
    ['户号', '姓名', '手机号'],
    ['0012', '王,桂英', '1.54E+10'],
  ];
  const gbk = Buffer.from(
    'bba7bac52cd0d5c3fb2ccad6bbfabac50d0a3d2230303132222c22cdf52cb9f0d3a2222c312e35342b3130',
    'hex',
  );
  for (const file of [lines, `\ufeff${lines}`]) expect((await read(file)).rows.map((row) => row.cells)).toEqual(cells);
  expect((await read(gbk)).rows.map((row) => row.cells[1])).toEqual(['姓名', '王,桂英']);
  const unicode = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines.replace(/,(?!桂)/g, '\t'), 'utf16le')]);
  expect((await read(unicode)).rows.map((row) => row.cells)).toEqual(cells);
  expect((await read(lines)).rows[1]?.odd).toEqual({ 2: 'digitsLost' });
  expect(await refusal(Buffer.from([0xff, 0xff, 0x00, 0x01]))).toBe('roster.encoding');
  // Pasted together of two files.
  const both = Buffer.concat([gbk, Buffer.from('\r\n0013,欧阳建国,碧塘村一组\r\n')]);
  expect(await refusal(both)).toBe('roster.encoding');
});

test('what Excel itself would write is read', async () => {
  const file = await writeWorkbook([
    ['户号', '姓名'],
    ['0012', '王桂英'],
  ]).toBuffer();
  expect((await read(file)).rows.map(({ number, cells }) => [number, ...cells])).toEqual([
    [1, '户号', '姓名'],
    [2, '0012', '王桂英'],
  ]);
});

/** The archive with one entry packed: `pack` stores everything as it is. */
function deflated(entries: { name: string; content: Buffer }[], name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const archive = pack([...entries.filter((entry) => entry.name !== name), { name, content: packed }]);
  const directory = archive.readUInt32LE(archive.length - 6);
  for (let at = directory; archive.readUInt32LE(at) === 0x02014b50; at += 46 + archive.readUInt16LE(at + 28)) {
    if (archive.toString('utf8', at + 46, at + 46 + archive.readUInt16LE(at + 28)) !== name) continue;
    archive.writeUInt16LE(8, at + 10);
    archive.writeUInt32LE(content.length, at + 24);
    const local = archive.readUInt32LE(at + 42);
    archive.writeUInt16LE(8, local + 8);
    archive.writeUInt32LE(content.length, local + 22);
  }
  return archive;
}
