import { dropDraftsOf } from './draft';
import { platform } from './platform/platform';
import { dropUnsentBy, filesUnsent } from './send-queue-runner';
import { useSession } from './session';

/**
 * Called once, at the start. Others sit at an office's computer, too: names, numbers and photos that somebody put in there go
 * with him, whether he leaves or his session ends by itself. On a phone they stay with the person and wait for him.
 */
export function watchSharedComputer(): void {
  useSession.subscribe((now, before) => {
    const gone = before.kept;
    if (gone?.way.by !== 'desktop' || now.kept?.me.personId === gone.me.personId) return;
    const { personId } = gone.me;
    dropDraftsOf(personId);
    dropUnsentBy(personId);
    void platform.dropFilesBut?.(filesUnsent());
  });
}
