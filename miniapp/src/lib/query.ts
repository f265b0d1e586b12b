import { QueryClient, focusManager, onlineManager } from '@tanstack/react-query';
import { platform } from './platform/platform';
import { isPassing } from './answer';

const freshMs = 15_000;
const repeats = 2;

/** What the screens have read. Nothing of it is kept on the phone: orders hold people's words and numbers. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      retry: (failures, error) => failures < repeats && isPassing(error),
      // Without network a screen says so at once, instead of showing a skeleton for ever.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** WeChat has no window that gains focus or goes online: the app says so itself. Called once, at the start. */
export function watchPhone(): void {
  focusManager.setEventListener(() => undefined);
  onlineManager.setEventListener((setOnline) => {
    platform.onNetworkChange(setOnline);
    return () => undefined; // lives as long as the app
  });
}

export const appIsShown = (shown: boolean): void => focusManager.setFocused(shown);
