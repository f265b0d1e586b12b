import { fault } from '../faults';

type Listener = () => void;

const listeners: Record<'ready' | 'failed', Listener[]> = { ready: [], failed: [] };
let isHere = false;

/** A newer build has been loaded, while the app was in use. */
export function bringUpdate(): void {
  isHere = true;
  listeners.ready.forEach((listener) => listener());
}

/** At the start this build is the newest. */
export const updates = {
  getUpdateManager: () => ({
    onCheckForUpdate: (listener: (found: { hasUpdate: boolean }) => void) =>
      void setTimeout(listener, 0, { hasUpdate: false }),
    onUpdateReady: (listener: Listener) => void listeners.ready.push(listener),
    onUpdateFailed: (listener: Listener) => void listeners.failed.push(listener),
    /** Ends the app and starts it anew. */
    applyUpdate: () => {
      if (!isHere) return fault('applyUpdate without an update');
      window.phone.putAway();
      window.location.reload();
    },
  }),
};
