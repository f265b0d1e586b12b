import { create } from 'zustand';
import { platform } from './platform/platform';

/** Starts the newer build that has come; null while there is none. */
export const useUpdate = create<{ move: (() => void) | null }>(() => ({ move: null }));

/** Called once, at the start. */
export const watchUpdates = (onUnreachable: () => void): void =>
  platform.keepUpToDate({ onReady: (move) => useUpdate.setState({ move }), onUnreachable });
