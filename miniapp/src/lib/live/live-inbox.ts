import { refreshMe } from '../session';
import { gathered } from './gathered';
import { listen } from './live-runner';

/**
 * How many messages are unread, at the foot of every screen, follows while a line is open for something else: nobody's phone
 * holds one for a number. Called once, at the start.
 */
export function watchInbox(): void {
  const count = gathered(() => void refreshMe());
  listen((topic) => {
    if (topic === 'messages') count.soon();
  }, true);
}
