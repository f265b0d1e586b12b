import type { Locator } from 'playwright-core';
import { reads, type Screen } from './screen';

/** A finger on a button: put down, and lifted again only when it is said. */
export async function holdDown(button: Locator): Promise<void> {
  await touch(button, 'touchstart');
}

export const lift = (button: Locator): Promise<void> => touch(button, 'touchend');

/** Off the button, as far as one slides to be rid of what was said. */
export const slideUp = (button: Locator): Promise<void> => touch(button, 'touchmove', 300);

const touch = (button: Locator, type: string, y = 400): Promise<void> =>
  button.evaluate(
    (element, { kind, clientY }) => {
      const finger = new Touch({ identifier: 1, target: element, clientX: 100, clientY });
      const touches = kind === 'touchend' ? [] : [finger];
      element.dispatchEvent(
        new TouchEvent(kind, { bubbles: true, cancelable: true, touches, changedTouches: [finger] }),
      );
    },
    { kind: type, clientY: y },
  );

/** Longer than a touch that only begins. */
const heldMs = 600;

export const holdButton = (screen: Screen): Locator => screen.locator('.hold-button');

/** 按住说话: as long as it takes. */
export async function speak(screen: Screen): Promise<void> {
  const button = holdButton(screen);
  await holdDown(button);
  await reads(screen, '松手就说完了');
  await screen.clock.runFor(heldMs);
  await lift(button);
}
