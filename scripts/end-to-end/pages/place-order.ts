import { takePhoto, type Camera } from './photos';
import { press, reads, write, type Screen } from './screen';

export interface WhatIsWrong {
  category: string;
  words: string;
  camera: Camera;
}

/** 我要点单, the kind, the words, a photo; everything else is known. Nothing is sent yet. */
export async function writeOrder(screen: Screen, { category, words, camera }: WhatIsWrong): Promise<void> {
  await openForm(screen);
  await reads(screen, '要办什么事？');
  await press(screen, category);
  await write(screen, '说说要帮什么忙', words);
  await takePhoto(screen, camera);
}

export const openForm = (screen: Screen): Promise<void> => press(screen, /^我要点单/);

export async function sendOrder(screen: Screen): Promise<void> {
  await press(screen, '提交');
  await reads(screen, '收到了');
}

/** Without network: it is written down, and says so. */
export async function sendOrderLater(screen: Screen): Promise<void> {
  await press(screen, '提交');
  await reads(screen, '先记下了');
}
