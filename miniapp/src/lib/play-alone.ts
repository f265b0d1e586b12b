import type { Playing } from './platform/device';
import { platform } from './platform/platform';

let heard: Playing | null = null;

/** Two voices at once say nothing: what is begun ends what is being heard. */
export function playAlone(address: string): Playing {
  heard?.stop();
  const begun = platform.playSound(address);
  heard = begun;
  return begun;
}
