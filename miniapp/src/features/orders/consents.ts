/** How whom it is for has said yes, as whoever writes it down chooses it. */
export const consents = [
  { value: 'spoken', words: '当面说了同意' },
  { value: 'signed', words: '签了字' },
] as const;
