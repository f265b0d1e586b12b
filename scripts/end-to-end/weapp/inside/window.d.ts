import type { Hands, PhoneSettings, Program } from '../program';

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
    phone: { goBack(): void; pathNow(): string; putAway(): void; pullDown(): void };
  }
}
