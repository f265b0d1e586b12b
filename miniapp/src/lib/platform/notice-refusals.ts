const inbox = '办到哪一步，在“消息”里都能看到。';
const network = `网络不太好，没有问成。${inbox}`;

/** wechat.md §10.1: what refusals of `requestSubscribeMessage` mean to the person. */
const refusals: Readonly<Record<number, string>> = {
  10002: network,
  10003: network,
  10005: `请留在这一页再点一次。${inbox}`,
  20004: `您在微信里关掉了这个小程序的全部通知。要打开：右上角“…” → 设置 → 通知管理。${inbox}`,
  20005: `微信暂时不让这个小程序发通知。${inbox}`,
};

/** The rest is ours to mend (no template, two kinds at once, too many) and no matter of the person's: one sentence. */
export const noticeRefusal = (errCode: number | undefined): string =>
  refusals[errCode ?? 0] ?? `微信通知现在开不了。${inbox}`;
