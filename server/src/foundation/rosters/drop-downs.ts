import type { Feature, Image } from 'write-excel-file/node';

type Content = Image['content'];

/** What Excel takes into a list that stands in the cell itself. */
const longestList = 255;

/** 26 letters are enough for a template: column 1 is B, beside the mark. */
const letterOf = (place: number): string => String.fromCharCode('A'.charCodeAt(0) + place + 1);

/**
 * Lists to choose from, for each column of a template those that it has; other values are warned of and not forbidden. The
 * writer does not know them, so they are written into its XML.
 */
export const dropDowns = (choices: readonly (readonly string[])[], lastRow: number): Feature<Content> => {
  const validations = choices.flatMap((list, place) => {
    const words = list.join(',');
    if (words === '' || words.length > longestList) return [];
    const cells = `${letterOf(place)}3:${letterOf(place)}${lastRow}`;
    return [
      `<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="${cells}">` +
        `<formula1>"${words}"</formula1></dataValidation>`,
    ];
  });
  const written = `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`;
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) =>
            validations.length === 0
              ? xml
              : xml.replace(/<\/sheetData>(?:<mergeCells[\s\S]*?<\/mergeCells>)?/, (end) => end + written),
        },
      },
    },
  };
};
