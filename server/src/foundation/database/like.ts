/** A LIKE pattern for "contains": what is typed stands for itself. */
export const likeOf = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;
