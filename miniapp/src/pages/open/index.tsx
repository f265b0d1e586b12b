import { useLoad } from '@tarojs/taro';
import { goInstead } from '../../lib/navigation';
import { Skeleton } from '../../ui/await';
import { Page } from '../../ui/page';

/**
 * The one door for links that outlive us: messages, printed door plates and share cards point here with `k` or `scene`.
 * No key has been given out yet, so every one of them leads home.
 */
export default function OpenPage() {
  useLoad(() => void goInstead('home'));
  return (
    <Page title="三单" open>
      <Skeleton rows={1} />
    </Page>
  );
}
