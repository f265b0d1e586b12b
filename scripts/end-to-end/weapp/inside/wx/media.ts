import { addressOf } from '../addresses';
import { answering, Refusal } from '../answer';
import { newTemporaryFile, readFile } from '../files';
import { askPrivacy } from './privacy';

interface Shrinking {
  src: string;
  quality?: number;
  compressedWidth?: number;
  compressedHeight?: number;
}

async function pictureOf(src: string): Promise<ImageBitmap> {
  const file = await readFile(src);
  if (!file) throw new Refusal(`file not found "${src}"`);
  return createImageBitmap(file);
}

export const bytesOfBase64 = (text: string, type: string): Blob =>
  new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type });

export const pictureOfBase64 = (text: string): Blob => bytesOfBase64(text, 'image/jpeg');

async function chooseMedia({ count = 9, mediaType = [] }: { count?: number; mediaType?: string[] }) {
  await askPrivacy('chooseMedia');
  if (!mediaType.includes('image')) throw new Refusal('the harness has photos only');
  const photos = await window.hands.photos(count);
  if (photos.length === 0) throw new Refusal('cancel');
  const files = photos.slice(0, count).map(pictureOfBase64);
  const tempFiles = files.map((file) => ({
    tempFilePath: newTemporaryFile(file),
    size: file.size,
    fileType: 'image',
  }));
  return { type: 'image', tempFiles };
}

async function compressImage({ src, quality = 80, compressedWidth, compressedHeight }: Shrinking) {
  const picture = await pictureOf(src);
  const scale = Math.min(
    compressedWidth === undefined ? 1 : compressedWidth / picture.width,
    compressedHeight === undefined ? 1 : compressedHeight / picture.height,
  );
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const smaller = await canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
  return { tempFilePath: newTemporaryFile(smaller) };
}

/** The photo in full, over everything; a touch closes it. */
async function previewImage({ urls, current = urls[0] }: { urls: string[]; current?: string }) {
  const viewer = document.createElement('dialog');
  const picture = document.createElement('img');
  viewer.setAttribute('aria-label', '看大图');
  picture.src = await addressOf(current ?? '');
  viewer.append(picture);
  viewer.addEventListener('click', () => viewer.remove());
  document.body.append(viewer);
  viewer.showModal();
}

export const media = {
  chooseMedia: answering('chooseMedia', chooseMedia),
  getImageInfo: answering('getImageInfo', async ({ src }: { src: string }) => {
    const { width, height } = await pictureOf(src);
    return { width, height, path: src, orientation: 'up', type: 'jpeg' };
  }),
  compressImage: answering('compressImage', compressImage),
  previewImage: answering('previewImage', previewImage),
};
