/** The code of a computer's sign-in in what a camera has read; null for any other picture. */
export const signInCodeIn = (scanned: string): string | null =>
  /\/c\/(in-[\w-]{22})$/.exec(scanned.trim())?.[1] ?? null;
