import Taro, { useShareAppMessage } from '@tarojs/taro';
import { useEffect } from 'react';
import type { SentTo } from '../../lib/endpoints';
import { call } from '../../lib/client';
import { pathOfPage } from '../../lib/page-table';
import { queryString } from '../../lib/query-string';

/** In the package (config/index.ts). */
const sharePicture = '/pictures/share-card.png';

/** What a link of ours leads to. */
export type Linked = SentTo<'links.give'>['params'];

interface ShareCard {
  readonly linked: Linked;
  /** Stands on the card in a chat, where everybody reads it: nothing that is not public. */
  readonly title: string;
  /** Not everything on such a page is for others to open. */
  readonly shareable: boolean;
}

/**
 * Makes the page one that can be sent on in WeChat (its config needs `enableShareAppMessage`). The card leads to the one
 * door by the thing's key; its picture is always the same one of ours, because WeChat's own is a screenshot with whatever
 * people have written on the page, and photos of the village are not for strangers.
 */
export function useShareCard({ linked, title, shareable }: ShareCard): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'weapp') return;
    if (shareable) void Taro.showShareMenu({});
    else void Taro.hideShareMenu();
  }, [shareable]);
  useShareAppMessage(() => {
    const card = { title, path: pathOfPage('open'), imageUrl: sharePicture };
    // Without a key (no network; WeChat waits three seconds) the card leads to the door, and from there home.
    const withKey = call('links.give', { params: linked }).then(
      ({ key }) => ({ ...card, path: pathOfPage('open') + queryString({ k: key }) }),
      () => card,
    );
    return { ...card, promise: withKey } as Taro.ShareAppMessageReturn;
  });
}
