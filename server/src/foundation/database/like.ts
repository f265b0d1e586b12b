const asItself = (words: string): string => words.replace(/[\\%_]/g, '\\$&');

/** A LIKE pattern for "contains": what is typed stands for itself. It reads every row: for few rows only. */
export const likeOf = (words: string): string => `%${asItself(words)}%`;

/** For "begins with", which an index answers: 王桂 of 王桂英. */
export const likeStartOf = (words: string): string => `${asItself(words)}%`;
