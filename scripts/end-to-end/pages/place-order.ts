import { press, reads, write, type Screen } from './screen';

export interface WhatIsWrong {
  category: string;
  words: string;
  /** Puts a photo into the phone's hand, and touches nothing. */
  takePhoto?: () => Promise<void>;
}

/** 我要点单, the kind, the words, a photo; everything else is known. Nothing is sent yet. */
export async function writeOrder(screen: Screen, { category, words, takePhoto }: WhatIsWrong): Promise<void> {
  await screen.getByRole('button', { name: /^我要点单/ }).click();
  await press(screen, category);
  await write(screen, '说说要帮什么忙', words);
  if (!takePhoto) return;
  await takePhoto();
  await seesPhoto(screen);
}

/** Photos are kept at once: the one just taken can be looked at. */
export const seesPhoto = (screen: Screen): Promise<void> =>
  screen.getByRole('button', { name: '照片 1，点开看大图', exact: true }).waitFor();

export async function sendOrder(screen: Screen): Promise<void> {
  await press(screen, '提交');
  await reads(screen, '收到了');
}

/** Without network: it is written down, and says so. */
export async function sendOrderLater(screen: Screen): Promise<void> {
  await press(screen, '提交');
  await reads(screen, '先记下了');
}
