interface Scanned {
  readonly page: 'confirmSignIn' | 'connectPhone';
  readonly code: string;
}

/** A computer's code in what a camera has read: to sign it in, or to connect this phone. Null for any other picture. */
export function codeIn(scanned: string): Scanned | null {
  const code = /\/c\/((?:in|me)-[\w-]{22})$/.exec(scanned.trim())?.[1];
  if (!code) return null;
  return { page: code.startsWith('in-') ? 'confirmSignIn' : 'connectPhone', code };
}
