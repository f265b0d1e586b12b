/** A number that is being typed: not one yet is sent as it is, and the server says what is wrong. */
export const numberIn = (typed: string): number => (/^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN);
export const isNumber = (typed: string): boolean => !Number.isNaN(numberIn(typed));
