/**
 * The engine takes no mouse for a finger any more once it has felt one: from then on a click of the test's is a finger that
 * comes and goes, as on a phone.
 */
export function takeClicksForFingers(): void {
  let hasTouched = false;
  window.addEventListener('touchstart', () => (hasTouched = true), { capture: true });
  const feel = (kind: 'touchstart' | 'touchend') => (mouse: MouseEvent) => {
    const { target, clientX, clientY } = mouse;
    if (!hasTouched || !(target instanceof Element)) return;
    const finger = new Touch({ identifier: 2, target, clientX, clientY });
    const touches = kind === 'touchend' ? [] : [finger];
    target.dispatchEvent(new TouchEvent(kind, { bubbles: true, cancelable: true, touches, changedTouches: [finger] }));
  };
  window.addEventListener('mousedown', feel('touchstart'), { capture: true });
  window.addEventListener('mouseup', feel('touchend'), { capture: true });
}
