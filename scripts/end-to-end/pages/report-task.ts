import { takePhoto, type Camera } from './photos';
import { choose, press, reads, write, type Screen } from './screen';

/** 办完了, from the page of the task: an outcome, words, a photo; then what the resident will see; then it is sent. */
export async function report(screen: Screen, done: { words: string; camera: Camera }): Promise<void> {
  await press(screen, '办完了');
  await choose(screen, '办得怎么样？', /^已解决/);
  await write(screen, '怎么办的？', done.words);
  await takePhoto(screen, done.camera);
  await press(screen, '看看对方会看到什么');
  await reads(screen, done.words);
  await press(screen, '就这样报');
  await reads(screen, '报上去了，辛苦了');
}
