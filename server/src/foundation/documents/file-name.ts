/** Words as a part of the name of a file, whatever system it is kept on. */
export const fileNameWords = (words: string): string => words.replace(/[\s/\\:*?"<>|]/g, '');
