import Taro from '@tarojs/taro';

/** What WeChat has loaded of a newer build, and whether the app has to have it: it tells only once that it is there. */
const update = { isReady: false, isNeeded: false };

/** Drafts and the queue are on the phone by then: they are written as one types. */
const apply = (): void => Taro.getUpdateManager().applyUpdate();

export function keepUpToDate(): void {
  const updates = Taro.getUpdateManager();
  updates.onUpdateReady(async () => {
    update.isReady = true;
    if (update.isNeeded) return apply();
    const { confirm } = await Taro.showModal({
      title: '有新版本',
      content: '现在换上吗？写了一半的内容都会留着。',
      confirmText: '换上',
      cancelText: '等一会儿',
    });
    if (confirm) apply();
  });
  updates.onUpdateFailed(() => {
    if (update.isNeeded) sayHow();
  });
}

/** The server no longer speaks with this build: at once if the newer one is here, else as soon as it has come. */
export function renewApp(): void {
  if (update.isReady) return apply();
  update.isNeeded = true;
}

const sayHow = (): void =>
  void Taro.showModal({
    title: '新版本没有下载下来',
    content: '请把微信整个关掉，再打开一次，就是新的了。写了一半的内容都会留着。',
    showCancel: false,
    confirmText: '知道了',
  });
