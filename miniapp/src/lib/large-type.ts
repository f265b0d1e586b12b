import { create } from 'zustand';
import { request } from './endpoints';
import { adopt, choose, told, type LargeType } from './large-type-choice';
import { platform } from './platform/platform';
import { readStored, writeStored } from './storage';
import { unlessPassing } from './answer';

/** WeChat's 关怀模式 and the two largest steps of its font setting lie above this. */
const largeFrom = 1.25;

const storedAs = 'large-type.1';

/** 长辈版: type × 1.4, larger targets, fewer things. Follows WeChat's font setting until the person chooses. */
export const useLargeType = create<LargeType>(() => ({
  ...{ large: platform.fontScale() >= largeFrom, chosen: false, unsent: false },
  ...readStored<LargeType>(storedAs),
  choices: 0,
}));

const now = (): LargeType => useLargeType.getState();
const set = (state: LargeType): void => {
  useLargeType.setState(state);
  if (state.chosen) writeStored(storedAs, state);
};

let telling: Promise<void> | null = null;

/** One word at a time, until the last one is told: two under way could arrive in either order. */
function tellServer(token: string): Promise<void> {
  telling ??= tellWhatStands(token).finally(() => {
    telling = null;
  });
  return telling;
}

async function tellWhatStands(token: string): Promise<void> {
  while (now().unsent) {
    const { large } = now();
    await request(token, 'people.changeMe', { body: { largeType: large } });
    set(told(now(), large));
  }
}

/** The switch itself: takes effect at once, with or without network. */
export async function chooseLargeType(large: boolean, token: string | null): Promise<void> {
  set(choose(now(), large));
  if (token) await tellServer(token).catch(unlessPassing); // told at the next start instead
}

/** How many choices were made here; noted before the server is asked about the person. */
export const choicesNow = (): number => now().choices;

/** What the server knows of the person, at sign-in and at each start: an unsent choice of this phone goes first. */
export function adoptLargeType(large: boolean, asked: number, token: string): void {
  if (now().unsent) void tellServer(token).catch(unlessPassing);
  else set(adopt(now(), large, asked));
}
