import { Problem } from '@sandan/shared/problems';
import { createStringTable, type StringTable } from './string-table';
import type { WorkbookArchive } from './workbook-archive';
import { readWholeXml, type XmlListener } from './xml';

export interface Workbook {
  /** Path of the first sheet that can be seen, within the archive. */
  readonly sheet: string;
  /** The other ones that can be seen. */
  readonly others: readonly { readonly name: string; readonly path: string }[];
  /** Days are counted from 1904, as old Macs did. */
  readonly from1904: boolean;
  readonly strings: StringTable;
  /** By the style of a cell: whether its number is a date. */
  readonly isDate: readonly boolean[];
}

const folder = 'xl/';

/** Everything of a workbook that its first sheet needs to be read. Throws `sheet.not-a-sheet`, `sheet.macros`, `sheet.broken`. */
export async function readWorkbook(archive: WorkbookArchive): Promise<Workbook> {
  if (!archive.has('xl/workbook.xml') || !archive.has('xl/_rels/workbook.xml.rels'))
    throw new Problem('sheet.not-a-sheet');
  await refuseMacros(archive);
  const { sheets, from1904 } = await readSheets(archive);
  const paths = await pathsOf(
    archive,
    sheets.map(({ id }) => id),
  );
  const [first, ...others] = sheets.flatMap(({ id, name }) => {
    const path = paths.get(id);
    return path === undefined ? [] : [{ id, name, path }];
  });
  if (!first || first.id !== sheets[0]?.id) throw new Problem('sheet.broken');
  return {
    sheet: first.path,
    others,
    from1904,
    strings: await readStrings(archive),
    isDate: await readStyles(archive),
  };
}

/** The content types say what a file is, whatever its name says. */
async function refuseMacros(archive: WorkbookArchive): Promise<void> {
  const types = '[Content_Types].xml';
  if (!archive.has(types)) throw new Problem('sheet.not-a-sheet');
  await readWholeXml(archive.pieces(types), {
    open: (_name, { ContentType = '' }) => {
      if (/macroEnabled|vbaProject/i.test(ContentType)) throw new Problem('sheet.macros');
    },
  });
}

async function readSheets(
  archive: WorkbookArchive,
): Promise<{ sheets: { id: string; name: string }[]; from1904: boolean }> {
  const sheets: { id: string; name: string }[] = [];
  let from1904 = false;
  await readWholeXml(archive.pieces('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      const isHidden = (attributes['state'] ?? 'visible') !== 'visible';
      const id = attributes['r:id'];
      if (name === 'sheet' && !isHidden && id) sheets.push({ id, name: attributes['name'] ?? '' });
    },
  });
  if (sheets.length === 0) throw new Problem('sheet.not-a-sheet');
  return { sheets, from1904 };
}

/** Where the sheets lie in the archive, those that do. */
async function pathsOf(archive: WorkbookArchive, ids: readonly string[]): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  await readWholeXml(archive.pieces('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id = '', Target = '' }) => {
      if (name !== 'Relationship' || !ids.includes(Id)) return;
      const path = Target.startsWith('/') ? Target.slice(1) : folder + Target;
      if (Target !== '' && archive.has(path)) paths.set(Id, path);
    },
  });
  return paths;
}

/** Texts that cells point at; of a text in several fonts all parts, of a phonetic guide nothing. */
async function readStrings(archive: WorkbookArchive): Promise<StringTable> {
  const table = createStringTable();
  const path = 'xl/sharedStrings.xml';
  if (!archive.has(path)) return table;
  let text = '';
  let isText = false;
  let isGuide = false;
  const listener: XmlListener = {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isGuide = true;
      isText = name === 't' && !isGuide;
    },
    text: (part) => {
      if (isText) text += part;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') isGuide = false;
      if (name === 'si') table.add(text);
    },
  };
  await readWholeXml(archive.pieces(path), listener);
  return table;
}

async function readStyles(archive: WorkbookArchive): Promise<boolean[]> {
  const path = 'xl/styles.xml';
  if (!archive.has(path)) return [];
  const formats = new Map<number, string>();
  const isDate: boolean[] = [];
  let isInside = false;
  await readWholeXml(archive.pieces(path), {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isInside = true;
      if (name === 'xf' && isInside) {
        const id = Number(attributes['numFmtId'] ?? 0);
        isDate.push(isDateFormat(id, formats.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInside = false;
    },
  });
  return isDate;
}

/** ECMA-376, 18.8.30: these numbers are dates in every language, the ones from 27 in the Chinese ones. */
const builtIn = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

const isDateFormat = (id: number, code: string | undefined): boolean =>
  code === undefined ? builtIn(id) : /[ymd年月日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
