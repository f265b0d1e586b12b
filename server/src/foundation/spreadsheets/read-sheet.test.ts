import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { startPhotoDecoder, type PhotoDecoder } from '../photos/decoder';
import type { SheetRow } from './read-sheet';
import { pack, unpack, type Entry } from './zip';

let folder: string;
let decoder: PhotoDecoder;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandan-sheets-'));
  decoder = startPhotoDecoder();
});
afterAll(async () => {
  await decoder.close();
  await rm(folder, { recursive: true });
});

async function read(contents: Buffer, maxRows = 5_000): Promise<readonly SheetRow[]> {
  const path = join(folder, `${(files += 1)}.upload`);
  await writeFile(path, contents);
  return decoder.readSheet(path, maxRows);
}

async function refusalOf(contents: Buffer, maxRows?: number): Promise<ProblemCode | 'taken'> {
  try {
    await read(contents, maxRows);
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const workbook = (data: SheetData): Promise<Buffer> => writeWorkbook(data).toBuffer();
const cellsOf = async (contents: Buffer) => (await read(contents)).map(({ cells }) => cells);
const everything = { entries: 100, bytes: 10_000_000 };

/** The same workbook with its first sheet's rows written by hand. */
async function withRows(rows: string): Promise<Buffer> {
  return changed((name, xml) =>
    name === 'xl/worksheets/sheet1.xml'
      ? xml.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`)
      : xml,
  );
}

async function changed(change: (name: string, xml: string) => string, more: Entry[] = []): Promise<Buffer> {
  const entries = unpack(await workbook([['x']]), everything, () => true);
  return pack([
    ...entries.map(({ name, content }) => ({ name, content: Buffer.from(change(name, content.toString())) })),
    ...more,
  ]);
}

describe('a sheet is read as a person reads it', () => {
  test('texts, numbers, dates, yes and no', async () => {
    const row = ['路灯', 100, 0.1 + 0.2, new Date('2026-06-30T00:00:00Z'), true, '0012'];
    const data: SheetData = [row.map((value) => (value instanceof Date ? { value, format: 'yyyy-mm-dd' } : value))];
    expect(await cellsOf(await workbook(data))).toEqual([['路灯', '100', '0.3', '2026-06-30', '是', '0012']]);
  });

  test('without what nobody typed: zero-width characters, byte order marks, odd spaces', async () => {
    expect(await cellsOf(await workbook([['\ufeff张\u200b三\u3000', ' 一\u00a0二 ', 'a\r\nb']]))).toEqual([
      ['张三', '一 二', 'a\nb'],
    ]);
  });

  test('blank rows are left out and every row keeps its number; merged cells hold their text once', async () => {
    const data: SheetData = [[{ value: '碧塘村', rowSpan: 2 }, '一'], [null, '二'], [], [], ['三']];
    expect(await read(await workbook(data))).toEqual([
      { number: 1, cells: ['碧塘村', '一'] },
      { number: 2, cells: ['', '二'] },
      { number: 5, cells: ['三', ''] },
    ]);
  });

  test('formulas by what was seen last, never computed; one error does not spoil the file', async () => {
    const rows = await withRows(
      '<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1" t="str"><f>NOW()</f></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
    );
    expect(await cellsOf(rows)).toEqual([['7', '', '#DIV/0!']]);
  });

  test('a million painted rows below are no rows', async () => {
    const painted = Array.from(
      { length: 300_000 },
      (_, index) => `<row r="${index + 2}" ht="15"><c r="A${index + 2}" s="1"/></row>`,
    );
    const rows = await withRows(`<row r="1"><c r="A1"><v>1</v></c></row>${painted.join('')}<row r="1048576" s="1"/>`);
    const packed = deflated(unpack(rows, { entries: 100, bytes: 60_000_000 }, () => true));
    expect(packed.length).toBeLessThan(5_000_000);
    expect(await read(packed)).toEqual([{ number: 1, cells: ['1'] }]);
  });
});

describe('a lying file is refused', () => {
  test('a photo, a text, an empty file called .xlsx', async () => {
    for (const contents of ['姓名,承诺', '', '\xff\xd8\xff\xe0JFIF', '<table><tr><td>1</td></tr></table>'])
      expect(await refusalOf(Buffer.from(contents, 'latin1'))).toBe('sheet.not-a-sheet');
    expect(await refusalOf(pack([{ name: 'a.txt', content: Buffer.from('a') }]))).toBe('sheet.not-a-sheet');
  });

  test('the old .xls, and a workbook with a password', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]);
    expect(await refusalOf(old)).toBe('sheet.old-format');
  });

  test('macros, said or hidden', async () => {
    const macros = [{ name: 'xl/vbaProject.bin', content: Buffer.from('x') }];
    expect(await refusalOf(await changed((_, xml) => xml, macros))).toBe('sheet.macros');
    const said = await changed((name, xml) =>
      name === '[Content_Types].xml'
        ? xml.replace(
            /application\/vnd\.openxml[^"]*sheet\.main\+xml/,
            'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
          )
        : xml,
    );
    expect(await refusalOf(said)).toBe('sheet.macros');
  });

  test('one that was cut off, and one of noise', async () => {
    const whole = await workbook([['一'], ['二']]);
    expect(await refusalOf(whole.subarray(0, whole.length - 30))).toBe('sheet.broken');
    const noisy = Buffer.from(whole);
    noisy.fill(0x55, 60, whole.length - 200);
    expect(['sheet.broken', 'sheet.not-a-sheet']).toContain(await refusalOf(noisy));
  });

  test('a bomb, whether it says its size or not', async () => {
    const bomb = { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(200_000_000, 0x20) };
    const rest = unpack(await workbook([['x']]), everything, (name) => name !== bomb.name);
    const honest = deflated([...rest, bomb]);
    expect(honest.length).toBeLessThan(1_000_000);
    expect(await refusalOf(honest)).toBe('sheet.too-large');
    expect(await refusalOf(deflated([...rest, bomb], () => 10))).toBe('sheet.too-large');
  });

  test('one text shown in a million cells', async () => {
    const rows = Array.from({ length: 4_000 }, (_, row) => {
      const cells = 'ABCDEFGHIJ'.split('').map((column) => `<c r="${column}${row + 1}" t="s"><v>0</v></c>`);
      return `<row r="${row + 1}">${cells.join('')}</row>`;
    });
    const long = await changed((name, xml) => {
      if (name === 'xl/sharedStrings.xml') return xml.replace(/<t>x<\/t>/, `<t>${'村'.repeat(32_000)}</t>`);
      if (name !== 'xl/worksheets/sheet1.xml') return xml;
      return xml.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows.join('')}</sheetData>`);
    });
    expect(await refusalOf(long)).toBe('sheet.too-large');
  });

  test('a row with a number that no sheet has, a cell far to the right, a definition of its own', async () => {
    expect(await refusalOf(await withRows('<row r="99999999999"><c r="A1"><v>1</v></c></row>'))).toBe('sheet.broken');
    expect(await cellsOf(await withRows('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'))).toEqual([
      ['1'],
    ]);
    const entity = await changed((name, xml) =>
      name === 'xl/workbook.xml' ? xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a "a">]>') : xml,
    );
    expect(await refusalOf(entity)).toBe('sheet.broken');
  });

  test('more rows than are wanted', async () => {
    const data: SheetData = Array.from({ length: 21 }, (_, index) => [String(index)]);
    expect([await refusalOf(await workbook(data), 20), await refusalOf(await workbook(data), 21)]).toEqual([
      'sheet.too-many-rows',
      'taken',
    ]);
  });
});

/** An archive that packs its files, and may say what it likes of their size. */
function deflated(entries: readonly Entry[], sizeOf = (content: Buffer): number => content.length): Buffer {
  const stored = pack(entries.map(({ name, content }) => ({ name, content: deflateRawSync(content) })));
  const sizes = new Map(entries.map(({ name, content }) => [name, sizeOf(content)]));
  for (const [signature, method, size, name] of [
    [0x04034b50, 8, 22, 30],
    [0x02014b50, 10, 24, 46],
  ] as const) {
    for (let at = stored.indexOf(signed(signature)); at >= 0; at = stored.indexOf(signed(signature), at + 4)) {
      const length = stored.readUInt16LE(at + name - 4 - (name === 46 ? 14 : 0));
      const known = sizes.get(stored.toString('utf8', at + name, at + name + length));
      if (known === undefined) continue;
      stored.writeUInt16LE(8, at + method);
      stored.writeUInt32LE(known, at + size);
    }
  }
  return stored;
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
