import gcoord from 'gcoord';
import { Offline, settle } from '../answer';
import { dropFile, dropFilesBut, keepFile, keptFile, sendFile, uploadFile } from './browser-files';
import { browserVoices } from './browser-voices';
import { NotAllowed, type ChosenPlace, type PickedFile, type Platform, type Playing, type UpdateNews } from './device';
import { showPhotos } from './photo-viewer';

const longestSide = 1600;
const faceSide = 400;
const placeTimeoutMs = 10_000;

/** Asks for files; an empty list when the person changed his mind. */
function chooseFiles(accept: string, multiple: boolean): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.multiple = multiple;
  input.style.display = 'none';
  document.body.appendChild(input);
  return new Promise((resolve) => {
    const finish = (files: readonly File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => finish(Array.from(input.files ?? [])));
    input.addEventListener('cancel', () => finish([]));
    input.click();
  });
}

/** The formats the server decodes; with this list an iPhone converts its HEIC by itself. */
async function choosePhotos(count: number): Promise<readonly string[]> {
  const files = await chooseFiles('image/jpeg,image/png,image/webp', count > 1);
  return files.slice(0, count).map((file) => URL.createObjectURL(file));
}

async function chooseSheet(endings: readonly string[]): Promise<PickedFile | null> {
  const [file] = await chooseFiles(endings.map((ending) => `.${ending}`).join(','), false);
  return file ? { name: file.name, send: (upload) => sendFile(file, file.name, upload) } : null;
}

const loaded = (address: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new NotAllowed('这张照片打不开，请换一张'));
    image.src = address;
  });

async function shrunk(address: string): Promise<Blob> {
  const image = await loaded(address);
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return drawn(image, { left: 0, top: 0, width, height }, scale);
}

/** The middle of it. */
async function squared(address: string): Promise<Blob> {
  const image = await loaded(address);
  const { naturalWidth: width, naturalHeight: height } = image;
  const side = Math.min(width, height);
  const middle = { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side };
  return drawn(image, middle, Math.min(1, faceSide / side));
}

function drawn(
  image: HTMLImageElement,
  { left, top, width, height }: Record<'left' | 'top' | 'width' | 'height', number>,
  scale: number,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new NotAllowed('这张照片打不开，请换一张'))),
      'image/jpeg',
      0.82,
    );
  });
}

async function keep(photoId: string, chosen: string, shrink: (address: string) => Promise<Blob>): Promise<string> {
  const blob = await shrink(chosen);
  URL.revokeObjectURL(chosen);
  return keepFile(photoId, blob);
}

const keepPhoto = (photoId: string, chosen: string) => keep(photoId, chosen, shrunk);
const keepFace = (photoId: string, chosen: string) => keep(photoId, chosen, squared);

/** A browser has no map of WeChat: it gives the place where the person stands, in WGS-84, and he may correct the group. */
function choosePlace(): Promise<ChosenPlace | null> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [lng, lat] = gcoord.transform([coords.longitude, coords.latitude], gcoord.WGS84, gcoord.GCJ02);
        resolve({ lat, lng, name: '', address: '' });
      },
      () => reject(new NotAllowed('没有取到位置，请直接选村组')),
      { enableHighAccuracy: true, timeout: placeTimeoutMs },
    );
  });
}

function playSound(address: string): Playing {
  const audio = new Audio(address);
  const ended = new Promise<void>((resolve, reject) => {
    (['ended', 'pause'] as const).forEach((event) => audio.addEventListener(event, () => resolve()));
    const unheard = () => reject(new NotAllowed('录音放不出来，请看看网络和音量，或者退出这一页再进来'));
    audio.addEventListener('error', unheard);
    audio.play().catch(unheard); // the file is gone, or there is no sound device; after a pause it is over already
  });
  return { stop: () => audio.pause(), ended };
}

/** Fetched first, because a link to an address that refuses would leave the page or keep the refusal as a file. */
async function openPaper(url: string, fileName: string): Promise<void> {
  const answer = await fetch(url).catch((failure: Error) => {
    throw new Offline(failure.message);
  });
  if (!answer.ok)
    return void settle(answer.status, await answer.text(), { 'Retry-After': answer.headers.get('Retry-After') });
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keepPaperMs);
}

/** A browser that asks where to keep it reads it only then. */
const keepPaperMs = 60_000;

/** By the phone's own list of people and apps, where the browser has it; else the address is put where it can be pasted. */
async function sendLink(title: string, address: string): Promise<'shared' | 'copied'> {
  const url = new URL(address, window.location.href).href;
  if (navigator.share !== undefined) {
    await navigator.share({ title, url }).catch((error: unknown) => {
      if ((error as Error).name !== 'AbortError') throw error; // changed his mind
    });
    return 'shared';
  }
  if (!(await toClipboard(url))) throw new NotAllowed(`这里不能自动复制，网址是 ${url}`);
  return 'copied';
}

async function savePicture(address: string, name: string): Promise<boolean> {
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.jpg`;
  document.body.appendChild(link);
  link.click();
  link.remove();
  return true;
}

/** Only over https, and only while the page is in front: whoever comes back to it asks again. */
function keepAwake(): () => void {
  let lock: Promise<WakeLockSentinel | null> = Promise.resolve(null);
  const ask = () => {
    if (document.visibilityState !== 'visible') return;
    // Refused where the battery is low; the screen goes dark then as on every other page.
    lock = navigator.wakeLock?.request('screen').catch(() => null) ?? Promise.resolve(null);
  };
  ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    document.removeEventListener('visibilitychange', ask);
    void lock.then((held) => held?.release());
  };
}

/** Only over https, and only when the person lets the page. */
const toClipboard = async (text: string): Promise<boolean> =>
  (await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )) ?? false;

async function copy(text: string): Promise<'copied'> {
  if (!(await toClipboard(text))) throw new NotAllowed('这里不能自动复制，请选中文字再复制');
  return 'copied';
}

/** Chrome and its kin tell how fast the network is. */
interface Connection extends EventTarget {
  readonly effectiveType: string;
}

const connectionNow = () => (navigator as Navigator & { connection?: Connection }).connection;
const isWeak = (): boolean => /2g/.test(connectionNow()?.effectiveType ?? '');

const watchConnection = (listener: (weak: boolean) => void): void =>
  connectionNow()?.addEventListener('change', () => listener(isWeak()));

const reloadedAs = 'sandan.reloaded';
const onceInMs = 60_000;

/** The script of a page, or its style: the bundler has a name for the one and a code for the other. */
const isMissingFile = (reason: unknown): boolean =>
  reason instanceof Error &&
  (reason.name === 'ChunkLoadError' || (reason as { code?: unknown }).code === 'CSS_CHUNK_LOAD_FAILED');

/** A page opened before a new release asks for files that are gone. Reloading brings the new ones; not twice in a minute. */
function keepUpToDate({ onUnreachable }: UpdateNews): void {
  window.addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    if (!isMissingFile(reason)) return;
    if (!navigator.onLine) return onUnreachable(); // nothing is old, there is no network: a reload would lose the page too
    if (Date.now() - Number(sessionStorage.getItem(reloadedAs)) < onceInMs) return;
    sessionStorage.setItem(reloadedAs, String(Date.now()));
    window.location.reload();
  });
}

export const browser: Platform = {
  kind: 'browser',
  scanCode: null,
  loginCode: async () => null,
  choosePhotos,
  keepPhoto,
  keepFace,
  keptPhoto: keptFile,
  dropPhoto: dropFile,
  dropFilesBut,
  uploadPhoto: (photoId, upload) => uploadFile(photoId, `${photoId}.jpg`, upload, '照片找不到了，请重新添加'),
  chooseSheet,
  previewPhotos: showPhotos,
  choosePlace,
  showPlace: null, // no map without asking a stranger's server for it
  get voices() {
    return browserVoices();
  },
  playSound,
  openPaper,
  networkNow: async () => ({ online: navigator.onLine, weak: isWeak() }),
  onNetworkChange: (listener) => {
    window.addEventListener('online', () => listener(true));
    window.addEventListener('offline', () => listener(false));
  },
  onNetworkWeakChange: watchConnection,
  privacy: null, // the browser itself asks before it gives away the place
  notices: null, // what there is to say stands in 消息
  sendLink,
  savePicture,
  copy,
  fontScale: () => 1, // the browser's own zoom already does it
  vibrate: () => void navigator.vibrate?.(10),
  keepAwake,
  callPhone: async (number) => window.location.assign(`tel:${number}`),
  randomBytes: async (count) => crypto.getRandomValues(new Uint8Array(count)),
  renewApp: () => window.location.reload(),
  keepUpToDate,
};
