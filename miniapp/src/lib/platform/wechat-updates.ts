import Taro from '@tarojs/taro';
import type { UpdateNews } from './device';

/** What WeChat has loaded of a newer build, and whether the app has to have it: it tells only once that it is there. */
const update = { isReady: false, isNeeded: false, isMissing: false, isSaid: false };

/** Drafts and the queue are on the phone by then: they are written as one types. */
const apply = (): void => Taro.getUpdateManager().applyUpdate();

export function keepUpToDate({ onReady }: UpdateNews): void {
  const updates = Taro.getUpdateManager();
  updates.onUpdateReady(() => {
    update.isReady = true;
    if (update.isNeeded) return sayIt();
    onReady(apply);
  });
  const missing = () => {
    update.isMissing = true;
    if (update.isNeeded) sayIt();
  };
  updates.onUpdateFailed(missing);
  updates.onCheckForUpdate(({ hasUpdate }) => {
    if (!hasUpdate) missing();
  });
}

/** The server no longer speaks with this build: every call of a page comes here, the person is told once. */
export function renewApp(): void {
  update.isNeeded = true;
  if (update.isReady || update.isMissing) sayIt();
}

function sayIt(): void {
  if (update.isSaid) return;
  update.isSaid = true;
  void Taro.showModal(update.isReady ? here : notHere).then(() => {
    if (update.isReady) apply();
    update.isSaid = false;
  });
}

const kept = '写了一半的内容都会留着。';

const here = {
  title: '要换上新版本',
  content: `现在这个旧版本不能再用了。${kept}`,
  showCancel: false,
  confirmText: '换上',
};

/** WeChat brings a new build to everybody within a day; to whoever starts it anew, mostly at once. */
const notHere = {
  title: '新版本还没有到',
  content: `请把微信整个关掉，再打开一次。还不行，就过一会儿再来。${kept}`,
  showCancel: false,
  confirmText: '知道了',
};
