import { create } from 'zustand';
import { request } from './endpoints';
import { platform } from './platform/platform';
import { readStored, writeStored } from './storage';
import { unlessPassing } from './transport';

/** WeChat's 关怀模式 and the two largest steps of its font setting lie above this. */
const largeFrom = 1.25;

interface LargeType {
  readonly large: boolean;
  /** Has the person said so himself, or does the app follow the phone? */
  readonly chosen: boolean;
  /** Chosen without network: the server has yet to be told. */
  readonly unsent: boolean;
}

const storedAs = 'large-type.1';

/** 长辈版: type × 1.4, larger targets, fewer things. Follows WeChat's font setting until the person chooses. */
export const useLargeType = create<LargeType>(
  () => readStored<LargeType>(storedAs) ?? { large: platform.fontScale() >= largeFrom, chosen: false, unsent: false },
);

const set = (state: LargeType): void => {
  useLargeType.setState(state);
  if (state.chosen) writeStored(storedAs, state);
};

async function tellServer(token: string, large: boolean): Promise<void> {
  await request(token, 'people.changeMe', { body: { largeType: large } });
  set({ large, chosen: true, unsent: false });
}

/** The switch itself: takes effect at once, with or without network. */
export async function chooseLargeType(large: boolean, token: string | null): Promise<void> {
  set({ large, chosen: true, unsent: true });
  if (token) await tellServer(token, large).catch(unlessPassing); // told at the next start instead
}

/** What the server knows of the person, at sign-in and at each start: an unsent choice of this phone goes first. */
export function adoptLargeType(large: boolean, token: string): void {
  const mine = useLargeType.getState();
  if (mine.unsent) void tellServer(token, mine.large).catch(unlessPassing);
  else if (large || mine.chosen) set({ large, chosen: true, unsent: false });
}
