interface Brought {
  readonly k?: string | undefined;
  readonly scene?: string | undefined;
  readonly q?: string | undefined;
}

/**
 * The key that a link or a scanned code brings: `k` of our own addresses, `scene`, which WeChat hands over encoded, or `q`,
 * the whole address (https://…/c/<key>) when WeChat's own scanner has read a plain QR code that leads to the mini-program.
 * Null where there is none, or nothing that can be read.
 */
export function linkKeyOf({ k, scene, q }: Brought): string | null {
  const given = k || (scene ? decoded(scene) : '') || (q ? keyInAddress(decoded(q)) : '');
  return /^[\w-]{1,64}$/.test(given) ? given : null;
}

const keyInAddress = (address: string): string => /\/[oc]\/([\w-]+)$/.exec(address)?.[1] ?? '';

function decoded(scene: string): string {
  try {
    return decodeURIComponent(scene);
  } catch {
    return ''; // cut off in the middle of a character: no key of ours
  }
}
