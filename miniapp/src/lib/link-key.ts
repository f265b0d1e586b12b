/**
 * The key that a link or a scanned code brings: `k` of our own addresses, or `scene`, which WeChat hands over encoded.
 * Null where there is none, or nothing that can be read.
 */
export function linkKeyOf({ k, scene }: { k?: string | undefined; scene?: string | undefined }): string | null {
  const given = k || (scene ? decoded(scene) : '');
  return /^[\w-]{1,64}$/.test(given) ? given : null;
}

function decoded(scene: string): string {
  try {
    return decodeURIComponent(scene);
  } catch {
    return ''; // cut off in the middle of a character: no key of ours
  }
}
