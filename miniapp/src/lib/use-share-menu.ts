import Taro, { getCurrentInstance } from '@tarojs/taro';
import { useEffect } from 'react';
import { pathOfPage, sharedPages } from './page-table';

const shared = new Set(sharedPages.map(pathOfPage));

/** Takes 转发 out of WeChat's menu on every page that is not one to be sent on; those say themselves what they offer. */
export function useShareMenu(shown: boolean): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'weapp' || !shown) return;
    const path = (getCurrentInstance().router?.path ?? '').split('?')[0] ?? '';
    if (!shared.has(path.startsWith('/') ? path : `/${path}`)) void Taro.hideShareMenu({});
  }, [shown]);
}
