import type { Feature, Image } from 'write-excel-file/node';

/** Of the paper sizes of a workbook. */
const a3 = 8;

/** Whatever the writer lets a file be made of; it has no name for that but within a picture. */
type Content = Image['content'];

interface PrintedSheet {
  readonly name: string;
  /** Title, lines and head: printed again on every page. */
  readonly headRows: number;
}

/**
 * How the workbook comes out of a printer: A3 across like the PDF, as wide as the page, the head of the table on each
 * one, who took it out in its foot. The writer knows only the orientation, so this is written into its XML. `sheets`: in
 * their order.
 */
export const printSetup = (sheets: readonly PrintedSheet[], watermark: string | null): Feature<Content> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml) =>
          xml
            .replace(/<worksheet[^>]*>/, (opening) => `${opening}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
            .replace(/<pageSetup[^>]*\/>/, (setup) => setup + footOf(watermark)),
        transformElementAttributes: (tag, attributes) =>
          tag === 'pageSetup' ? { ...attributes, paperSize: a3, fitToWidth: 1, fitToHeight: 0 } : attributes,
      },
      'xl/workbook.xml': {
        transform: (xml) =>
          xml.replace(/<definedNames\s*\/>|<definedNames>\s*<\/definedNames>/, () => titlesOf(sheets)),
      },
    },
  },
});

/** On the left who and when, on the right the page. A single & begins a code. */
const footOf = (watermark: string | null): string => {
  const words = (watermark ?? '').replace(/&/g, '&&').replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<headerFooter><oddFooter>&amp;L${words}&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>`;
};

const titlesOf = (sheets: readonly PrintedSheet[]): string => {
  const names = sheets.map(
    ({ name, headRows }, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${name}'!$1:$${headRows}</definedName>`,
  );
  return `<definedNames>${names.join('')}</definedNames>`;
};
