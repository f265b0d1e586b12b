/** 门牌码 of one PDF: twenty pages of eight. A larger place is printed in several. */
export const platesInPart = 160;

/** Why a paper has an ordinary QR code where a 小程序码 should be, and what whoever prints it does about that. */
export const plainReasons = {
  away: '微信这会儿画不出小程序码。不急的话过一会儿再打，就是小程序码。',
  notSetUp: '微信不给小程序码：小程序还没有发布，或者设置不对。请管理员看“工作台 - 微信接入”，弄好了再打。',
} as const;
export type PlainReason = keyof typeof plainReasons;

export interface Codes {
  /** On the paper. */
  readonly codes: number;
  readonly plain: { readonly codes: number; readonly why: PlainReason } | null;
}

/** Said before the paper is opened; null where every code is WeChat's own. */
export function plainWords({ codes, plain }: Codes): string | null {
  if (plain === null) return null;
  const which = plain.codes === codes ? '现在打，印的' : `现在打，${codes} 个码里有 ${plain.codes} 个`;
  return `${plainReasons[plain.why]}${which}是普通二维码，扫了先打开网页，再点一下才进小程序。`;
}

/** At the foot of such a paper, so that it does not pass for the real one. */
export const plainFoot = '临时用的普通二维码，请尽快重打小程序码换上';
