import { dropStored, readStored, writeStored } from './storage';

const storedAs = 'carried.1';

/** Under which names something is carried: so that all of it can be dropped, whoever's it is. */
export function rememberCarried(name: string): void {
  const names = readStored<readonly string[]>(storedAs) ?? [];
  if (!names.includes(name)) writeStored(storedAs, [...names, name]);
}

/** On signing out: names and doors of others do not stay on a phone that nobody is signed in on. */
export function dropCarried(): void {
  for (const name of readStored<readonly string[]>(storedAs) ?? []) dropStored(name);
  dropStored(storedAs);
}
