/** A field of what is sent, left out where nothing was written. */
export const said = <Name extends string>(name: Name, words: string) =>
  words.trim() === '' ? {} : ({ [name]: words.trim() } as Record<Name, string>);
