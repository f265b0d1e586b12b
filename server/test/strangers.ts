/** What no town of the tests has: a phone (theirs begin with 13), and the 15-digit code of a grid. */
export const strangePhone = (): string => `154${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
export const strangeCode = (): string => String(Math.floor(1e14 + Math.random() * 8e14));
