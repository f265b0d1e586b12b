import { readFile } from './files';

/** The path on this phone's own origin, behind which the BFF is; null for any other host. */
export function serverPath(url: string): string | null {
  const { serverOrigin } = window.program;
  return url.startsWith(`${serverOrigin}/`) ? url.slice(serverOrigin.length) : null;
}

/** Where the browser finds what a mini-program calls `wxfile://…` or the server's. */
export async function addressOf(source: string): Promise<string> {
  if (!source.startsWith('wxfile://')) return serverPath(source) ?? source;
  const file = await readFile(source);
  return file ? URL.createObjectURL(file) : source;
}
