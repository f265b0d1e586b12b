const gestures = ['pointerdown', 'keydown', 'wheel'] as const;
const quietMs = 60_000;
let handsAt = Date.now();

/** Called once, at the start: an office's computer is left standing, a phone goes dark by itself. */
export function watchHands(): void {
  if (process.env.TARO_ENV !== 'h5') return;
  const note = () => {
    handsAt = Date.now();
  };
  for (const gesture of gestures) window.addEventListener(gesture, note, { capture: true, passive: true });
}

/** Nobody has touched this computer for a minute. */
export const isUnattended = (): boolean => process.env.TARO_ENV === 'h5' && Date.now() - handsAt > quietMs;
