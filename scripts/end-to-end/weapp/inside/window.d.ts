import type { Hands, PhoneSettings, Program, ShareCard } from '../program';

/** What a person's answer becomes on its way between test and browser. */
type Asked = {
  [Name in keyof Hands]: (...given: Parameters<Hands[Name]>) => Promise<Awaited<ReturnType<Hands[Name]>>>;
};

declare global {
  interface Window {
    program: Program;
    phoneSettings: PhoneSettings;
    hands: Asked;
    /** What the test may do to the phone from outside. */
    phone: {
      goBack(): void;
      pathNow(): string;
      putAway(): void;
      pullDown(): void;
      /** Somebody calls: whatever listens is interrupted. */
      ring(): void;
      /** WeChat has loaded a newer build. */
      bringUpdate(): void;
      /** What stands in the chat when the page in front is sent on; null where WeChat does not offer it. */
      sendOn(): Promise<ShareCard | null>;
      /** Somebody touches such a card, or scans a code. */
      openCard(path: string): void;
    };
  }
}
