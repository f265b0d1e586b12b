import Taro from '@tarojs/taro';
import { Offline, settle } from '../answer';
import { NotAllowed, type ChosenPlace, type PickedFile, type Platform, type Playing } from './device';
import { dropFile, fileInfo, keptFile, readText, saveFile, uploadFile } from './wechat-files';
import { notices } from './wechat-notices';
import { privacy } from './wechat-privacy';
import type { Failure } from './refusal-reason';
import { asking } from './wechat-refusal';
import { keepUpToDate, renewApp } from './wechat-updates';
import { voices } from './wechat-voices';

const longestSide = 1600;
const faceSide = 400;
const smallEnoughBytes = 500_000;
/** WeChat's own sizes: 16 is usual on Android (iOS 17), 22 and 23.8 in its 关怀模式. */
const usualFontSize = 16;

type AppBaseInfo = Taro.getAppBaseInfo.Result & { fontSizeSetting?: number };

const ignore = (): void => undefined;

const photoFile = (photoId: string): string => `${Taro.env.USER_DATA_PATH}/${photoId}.jpg`;

async function shrunk(chosen: string, side: number): Promise<string> {
  const [{ width, height }, { size }] = await Promise.all([Taro.getImageInfo({ src: chosen }), fileInfo(chosen)]);
  const longest = Math.max(width, height);
  if (longest <= side && size <= smallEnoughBytes) return chosen;
  const bounded = width >= height ? 'compressedWidth' : 'compressedHeight';
  const { tempFilePath } = await Taro.compressImage({ src: chosen, quality: 80, [bounded]: Math.min(longest, side) });
  return tempFilePath;
}

async function choosePhotos(count: number): Promise<readonly string[]> {
  const choosing = Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] });
  const paths = choosing.then(({ tempFiles }) => tempFiles.map((file) => file.tempFilePath));
  return asking(paths, [], { what: '使用相机和相册', instead: '可以不拍照片，写几句或说几句就行' });
}

async function keepShrunk(photoId: string, chosen: string, side: number): Promise<string> {
  const filePath = photoFile(photoId);
  await saveFile(await shrunk(chosen, side), filePath);
  return filePath;
}

const keepPhoto = (photoId: string, chosen: string) => keepShrunk(photoId, chosen, longestSide);
/** What WeChat's own choice of a picture gives is square already. */
const keepFace = (photoId: string, chosen: string) => keepShrunk(photoId, chosen, faceSide);

/** WeChat shows an app no files but those that stand in its chats. */
async function chooseSheet(endings: readonly string[]): Promise<PickedFile | null> {
  const choosing = Taro.chooseMessageFile({ count: 1, type: 'file', extension: [...endings] });
  const file = await asking(
    choosing.then(({ tempFiles }) => tempFiles[0] ?? null),
    null,
    { what: '从聊天里选文件', instead: '可以在电脑上打开这一页再选' },
  );
  return file && { name: file.name, send: (upload) => uploadFile(file.path, upload, '文件找不到了，请重新选') };
}

async function choosePlace(near?: { lat: number; lng: number }): Promise<ChosenPlace | null> {
  const start = near ? { latitude: near.lat, longitude: near.lng } : {};
  const choosing = Taro.chooseLocation(start).then(({ latitude, longitude, name, address }): ChosenPlace => ({
    lat: latitude,
    lng: longitude,
    name,
    address,
  }));
  return asking<ChosenPlace | null>(choosing, null, {
    what: '使用位置',
    instead: '可以直接选村组，再写一句具体在哪',
  });
}

const unheard = () => new NotAllowed('录音放不出来，请看看网络，或者退出这一页再进来');

function playSound(address: string): Playing {
  // Whoever has switched his phone to silent has still asked to hear this. Since base library 2.3.0; without it the switch wins.
  Taro.setInnerAudioOption({ obeyMuteSwitch: false }).catch(ignore);
  const audio = Taro.createInnerAudioContext();
  // Stopped while it is still being loaded, it says nothing of it.
  let stop = ignore;
  const ended = new Promise<void>((resolve, reject) => {
    stop = resolve;
    // Paused: a call came in. Nobody waits for it to go on by itself.
    [audio.onEnded, audio.onStop, audio.onPause].forEach((on) => on.call(audio, () => resolve()));
    audio.onError(() => reject(unheard()));
  }).finally(() => audio.destroy()); // which silences it
  audio.src = address;
  audio.play();
  return { stop: () => stop(), ended };
}

/** Under its own name, because that is what whoever it is sent on to will see. */
async function openPaper(url: string, fileName: string): Promise<void> {
  const filePath = `${Taro.env.USER_DATA_PATH}/${fileName}`;
  const { statusCode } = await Taro.downloadFile({ url, filePath }).catch(({ errMsg }: Failure) => {
    throw new Offline(errMsg ?? 'download failed');
  });
  if (statusCode !== 200) return void settle(statusCode, await readText(filePath), {});
  const fileType = fileName.endsWith('.pdf') ? 'pdf' : 'xlsx';
  await Taro.openDocument({ filePath, fileType, showMenu: true }).catch(() => {
    throw new NotAllowed('这部手机打不开这个表格，请用电脑打开');
  });
}

const randomBytes = (count: number): Promise<Uint8Array | null> =>
  new Promise((resolve) => {
    Taro.getRandomValues({
      length: count,
      success: ({ randomValues }) => resolve(new Uint8Array(randomValues)),
      fail: () => resolve(null), // a base library before 2.15: ids fall back to Math.random
    });
  });

async function savePicture(address: string): Promise<boolean> {
  const { tempFilePath, statusCode } = await Taro.downloadFile({ url: address }).catch((failure: Failure) => {
    throw new Offline(failure.errMsg ?? 'download failed');
  });
  if (statusCode !== 200) throw new NotAllowed('图片过期了，请关上再打开');
  const saving = Taro.saveImageToPhotosAlbum({ filePath: tempFilePath }).then(() => true);
  return asking(saving, false, { what: '保存到相册', instead: '可以截屏留着' });
}

/** WeChat says by itself that it was copied. */
const copy = (text: string): Promise<'told'> =>
  asking(
    Taro.setClipboardData({ data: text }).then(() => 'told' as const),
    'told',
    { what: '使用剪贴板', instead: '可以照着抄下来' },
  );

const networkNow = async () => {
  // `weakNet` since base library 3.5.3; Taro's types do not know it.
  const { networkType, weakNet = false }: Taro.getNetworkType.SuccessCallbackResult & { weakNet?: boolean } =
    await Taro.getNetworkType();
  return { online: networkType !== 'none', weak: weakNet };
};

const callPhone = (phoneNumber: string): Promise<void> =>
  asking(
    Taro.makePhoneCall({ phoneNumber }).then(() => undefined),
    undefined,
    { what: '打电话', instead: `请自己拨 ${phoneNumber}` },
  );

/** From the camera only: whoever is sent a picture of somebody's computer cannot let it in. */
function scanCode(): Promise<string | null> {
  const scanning = Taro.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] }).then(({ result }) => result);
  return asking<string | null>(scanning, null, { what: '使用相机', instead: '可以用微信自己的“扫一扫”' });
}

function keepAwake(): () => void {
  const set = (keepScreenOn: boolean) => void Taro.setKeepScreenOn({ keepScreenOn }).catch(() => undefined); // a dark screen is no trouble to speak of
  set(true);
  return () => set(false);
}

function fontScale(): number {
  // Since base library 2.23.4; Taro's types do not know it.
  const { fontSizeSetting = usualFontSize } = Taro.getAppBaseInfo() as AppBaseInfo;
  return fontSizeSetting / usualFontSize;
}

export const wechat: Platform = {
  kind: 'wechat',
  scanCode,
  loginCode: async () => (await Taro.login()).code,
  choosePhotos,
  keepPhoto,
  keepFace,
  keptPhoto: (photoId) => keptFile(photoFile(photoId)),
  dropPhoto: (photoId) => dropFile(photoFile(photoId)),
  dropFilesBut: null,
  uploadPhoto: (photoId, upload) => uploadFile(photoFile(photoId), upload, '照片找不到了，请重新添加'),
  chooseSheet,
  previewPhotos: (addresses, current) => void Taro.previewImage({ urls: [...addresses], current }),
  choosePlace,
  showPlace: ({ lat, lng, name, address }) =>
    void Taro.openLocation({ latitude: lat, longitude: lng, name, address, scale: 16 }),
  voices,
  playSound,
  openPaper,
  networkNow,
  onNetworkChange: (listener) => Taro.onNetworkStatusChange(({ isConnected }) => listener(isConnected)),
  // Since base library 2.21.0.
  onNetworkWeakChange: (listener) => Taro.onNetworkWeakChange?.(({ weakNet }) => listener(weakNet)),
  privacy,
  notices,
  sendLink: null,
  savePicture,
  copy,
  fontScale,
  vibrate: () => void Taro.vibrateShort({ type: 'light' }),
  keepAwake,
  callPhone,
  randomBytes,
  renewApp,
  keepUpToDate,
};
