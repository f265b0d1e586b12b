import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import writeWorkbook from 'write-excel-file/node';
import { pack } from '../../spreadsheets/zip';
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
    return { rows, merged: file.merged() };
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

function entriesOf(rows: string, { after = '', types = 'sheet.main+xml', strings = '' } = {}) {
  const entries = {
    '[Content_Types].xml': `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${types}"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="藏着的" sheetId="1" state="hidden" r:id="rId9"/><sheet name="名册" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
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
  const { rows, merged } = await read(
    workbook(`<row r="1">${text('A1', '户号')}</row>${empty}`, {
      after: '<mergeCells><mergeCell ref="A2:A5"/></mergeCells>',
    }),
  );
  expect(rows).toHaveLength(1);
  expect(merged).toEqual([{ firstRow: 2, lastRow: 5, range: 'A2:A5' }]);
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
