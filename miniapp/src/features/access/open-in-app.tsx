import { useState } from 'react';
import { request } from '../../lib/endpoints';
import { wantedLink } from '../../lib/navigation';
import { Placard, troubleWords } from '../../ui/trouble';

/**
 * A phone's browser, also the one inside WeChat: nobody signs in here but in the demo. Whoever came by a link is handed on
 * to the mini-program, at the very thing that the link means.
 */
export function OpenInApp() {
  const [trouble, setTrouble] = useState<string | null>(null);
  const key = wantedLink();
  const open = async (linkKey: string) => {
    try {
      const { address } = await request(null, 'links.app', { params: { key: linkKey } });
      window.location.assign(address);
    } catch (error) {
      setTrouble(troubleWords(error));
    }
  };
  return (
    <Placard
      icon="message-square-text"
      title="请用微信小程序打开"
      words={trouble ?? '在微信里搜索“三单”小程序，一点就能登录。'}
      {...(key === null ? {} : { action: { words: '打开小程序', onPress: () => void open(key) } })}
    />
  );
}
