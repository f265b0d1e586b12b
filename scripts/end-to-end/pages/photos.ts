import { press, type Screen } from './screen';

/** Has its photo ready when the phone asks for one. `shoot` does what makes it ask. */
export type Camera = (screen: Screen, shoot: () => Promise<void>) => Promise<void>;

/** A browser asks for a file. */
export const fileCamera =
  (photo: Buffer): Camera =>
  async (screen, shoot) => {
    const [chooser] = await Promise.all([screen.waitForEvent('filechooser'), shoot()]);
    await chooser.setFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo });
  };

/** WeChat's own camera: what it gives is in the hands of the phone (weapp/phone.ts). */
export const wechatCamera: Camera = (_screen, shoot) => shoot();

/** Photos are kept at once: the one just taken can be looked at. */
export async function takePhoto(screen: Screen, camera: Camera): Promise<void> {
  await camera(screen, () => press(screen, '拍照或选照片'));
  await seesPhoto(screen);
}

/** One of his own, that he may still take away: what others took of the thing may stand above it. */
export async function seesPhoto(screen: Screen): Promise<void> {
  await screen.getByRole('button', { name: '删掉照片 1', exact: true }).waitFor();
  await screen.getByRole('button', { name: '照片 1，点开看大图', exact: true }).last().waitFor();
}
