/** The phone's own files: those under `usr` stay when the app is closed, those under `tmp` die with it. */
export const userFolder = 'wxfile://usr';
const temporaryFolder = 'wxfile://tmp';

const temporary = new Map<string, Blob>();
let named = 0;

const kept = (): Promise<Cache> => caches.open('files');
const keyOf = (path: string): string => `/files/${path.slice('wxfile://'.length)}`;

/** Keeps content under a new temporary name, as the camera does. */
export function newTemporaryFile(content: Blob, extension = 'jpg'): string {
  const path = `${temporaryFolder}/${(named += 1)}.${extension}`;
  temporary.set(path, content);
  return path;
}

export async function readFile(path: string): Promise<Blob | null> {
  const inMemory = temporary.get(path);
  if (inMemory) return inMemory;
  if (!path.startsWith(`${userFolder}/`)) return null;
  const found = await (await kept()).match(keyOf(path));
  return found ? found.blob() : null;
}

export async function writeUserFile(path: string, content: Blob): Promise<void> {
  await (await kept()).put(keyOf(path), new Response(content));
}

/** False when there was no such file. */
export async function removeFile(path: string): Promise<boolean> {
  return temporary.delete(path) || (await kept()).delete(keyOf(path));
}
