import Taro from '@tarojs/taro';
import { Offline, settle } from '../answer';
import {
  NotAllowed,
  type ChosenPlace,
  type PickedFile,
  type Platform,
  type Playing,
  type Recording,
  type Upload,
  type UploadAnswer,
} from './device';

const longestSide = 1600;
const smallEnoughBytes = 500_000;
/** WeChat's own sizes: 16 is usual on Android (iOS 17), 22 and 23.8 in its 关怀模式. */
const usualFontSize = 16;

type AppBaseInfo = Taro.getAppBaseInfo.Result & { fontSizeSetting?: number };

interface Failure {
  readonly errMsg?: string;
}

const cancelled = (failure: unknown): boolean => /cancel/.test((failure as Failure).errMsg ?? '');
const refused = (failure: unknown): boolean =>
  /auth|deny|denied|authorize|privacy/.test((failure as Failure).errMsg ?? '');

/** Answers `nothing` when the person changed his mind, throws `NotAllowed` when the right is missing. */
async function asking<T>(what: Promise<T>, nothing: T, refusal: string): Promise<T> {
  try {
    return await what;
  } catch (failure) {
    if (cancelled(failure)) return nothing;
    if (refused(failure)) throw new NotAllowed(refusal);
    throw failure;
  }
}

const photoFile = (photoId: string): string => `${Taro.env.USER_DATA_PATH}/${photoId}.jpg`;

async function shrunk(chosen: string): Promise<string> {
  const [{ width, height }, { size }] = await Promise.all([Taro.getImageInfo({ src: chosen }), fileInfo(chosen)]);
  const longest = Math.max(width, height);
  if (longest <= longestSide && size <= smallEnoughBytes) return chosen;
  const side = width >= height ? 'compressedWidth' : 'compressedHeight';
  const { tempFilePath } = await Taro.compressImage({
    src: chosen,
    quality: 80,
    [side]: Math.min(longest, longestSide),
  });
  return tempFilePath;
}

const fileInfo = (filePath: string): Promise<{ size: number }> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().getFileInfo({ filePath, success: resolve, fail: reject });
  });

async function choosePhotos(count: number): Promise<readonly string[]> {
  const choosing = Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] });
  const paths = choosing.then(({ tempFiles }) => tempFiles.map((file) => file.tempFilePath));
  return asking(paths, [], '请在右上角“设置”里允许使用相机和相册');
}

const saveFile = (tempFilePath: string, filePath: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().saveFile({ tempFilePath, filePath, success: resolve, fail: reject });
  });

const keptFile = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    Taro.getFileSystemManager().access({ path, success: () => resolve(path), fail: () => resolve(null) });
  });

const dropFile = (filePath: string): Promise<void> =>
  new Promise((resolve) => {
    // A file that is already gone is what was wanted.
    Taro.getFileSystemManager().unlink({ filePath, complete: () => resolve() });
  });

const uploadFile = (filePath: string, { url, headers, onProgress }: Upload): Promise<UploadAnswer> =>
  new Promise((resolve, reject) => {
    const task = Taro.uploadFile({
      url,
      filePath,
      name: 'file',
      header: { ...headers },
      success: ({ statusCode, data, header }) => resolve({ status: statusCode, body: data, headers: header ?? {} }),
      fail: ({ errMsg }) => reject(new Offline(errMsg)),
    });
    task.progress?.(({ progress }) => onProgress(progress));
    // Taro's promise says again what `fail` has said; unheard, it would be an error of the app's.
    task.catch(() => undefined);
  });

async function keepPhoto(photoId: string, chosen: string): Promise<string> {
  const filePath = photoFile(photoId);
  await saveFile(await shrunk(chosen), filePath);
  return filePath;
}

/** WeChat shows an app no files but those that stand in its chats. */
async function chooseSheet(endings: readonly string[]): Promise<PickedFile | null> {
  const choosing = Taro.chooseMessageFile({ count: 1, type: 'file', extension: [...endings] });
  const file = await asking(
    choosing.then(({ tempFiles }) => tempFiles[0] ?? null),
    null,
    '请允许从聊天里选文件',
  );
  return file && { name: file.name, send: (upload) => uploadFile(file.path, upload) };
}

async function choosePlace(near?: { lat: number; lng: number }): Promise<ChosenPlace | null> {
  const start = near ? { latitude: near.lat, longitude: near.lng } : {};
  const choosing = Taro.chooseLocation(start).then(({ latitude, longitude, name, address }): ChosenPlace => ({
    lat: latitude,
    lng: longitude,
    name,
    address,
  }));
  return asking<ChosenPlace | null>(choosing, null, '请在右上角“设置”里允许使用位置，或直接选村组');
}

const voiceFile = (voiceId: string): string => `${Taro.env.USER_DATA_PATH}/${voiceId}.mp3`;

async function record(voiceId: string): Promise<Recording> {
  const recorder = Taro.getRecorderManager();
  const ended = new Promise<{ seconds: number }>((resolve, reject) => {
    recorder.onStop(({ tempFilePath, duration }) => {
      const seconds = Math.ceil(duration / 1000);
      void saveFile(tempFilePath, voiceFile(voiceId)).then(() => resolve({ seconds }), reject);
    });
    recorder.onError((failure) =>
      reject(
        refused(failure) ? new NotAllowed('请在右上角“设置”里允许使用麦克风') : new NotAllowed('没有录上，请再说一遍'),
      ),
    );
  });
  recorder.start({ duration: 60_000, format: 'mp3', sampleRate: 16_000, encodeBitRate: 48_000, numberOfChannels: 1 });
  return { stop: () => recorder.stop(), ended };
}

function playSound(address: string): Playing {
  const audio = Taro.createInnerAudioContext();
  const ended = new Promise<void>((resolve) => {
    [audio.onEnded, audio.onStop, audio.onError].forEach((on) => on.call(audio, () => resolve()));
  }).then(() => audio.destroy());
  audio.src = address;
  audio.play();
  return { stop: () => audio.stop(), ended };
}

const readText = (filePath: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const done = ({ data }: { data: string | ArrayBuffer }) => resolve(String(data));
    Taro.getFileSystemManager().readFile({ filePath, encoding: 'utf8', success: done, fail: reject });
  });

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
  return asking(saving, false, '请在右上角“设置”里允许保存到相册');
}

/** From the camera only: whoever is sent a picture of somebody's computer cannot let it in. */
function scanCode(): Promise<string | null> {
  const scanning = Taro.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] }).then(({ result }) => result);
  return asking<string | null>(scanning, null, '请在右上角“设置”里允许使用相机');
}

function fontScale(): number {
  // Since base library 2.23.4; Taro's types do not know it.
  const { fontSizeSetting = usualFontSize } = Taro.getAppBaseInfo() as AppBaseInfo;
  return fontSizeSetting / usualFontSize;
}

function keepUpToDate(): void {
  const updates = Taro.getUpdateManager();
  updates.onUpdateReady(async () => {
    const { confirm } = await Taro.showModal({
      title: '有新版本',
      content: '现在换上吗？写了一半的内容都会留着。',
      confirmText: '换上',
      cancelText: '等一会儿',
    });
    if (confirm) updates.applyUpdate();
  });
}

export const wechat: Platform = {
  kind: 'wechat',
  scanCode,
  loginCode: async () => (await Taro.login()).code,
  choosePhotos,
  keepPhoto,
  keptPhoto: (photoId) => keptFile(photoFile(photoId)),
  dropPhoto: (photoId) => dropFile(photoFile(photoId)),
  dropPhotosBut: null,
  uploadPhoto: (photoId, upload) => uploadFile(photoFile(photoId), upload),
  chooseSheet,
  previewPhotos: (addresses, current) => void Taro.previewImage({ urls: [...addresses], current }),
  choosePlace,
  showPlace: ({ lat, lng, name, address }) =>
    void Taro.openLocation({ latitude: lat, longitude: lng, name, address, scale: 16 }),
  voices: {
    record,
    kept: (voiceId) => keptFile(voiceFile(voiceId)),
    drop: (voiceId) => dropFile(voiceFile(voiceId)),
    upload: (voiceId, upload) => uploadFile(voiceFile(voiceId), upload),
  },
  playSound,
  openPaper,
  isOnline: async () => (await Taro.getNetworkType()).networkType !== 'none',
  onNetworkChange: (listener) => Taro.onNetworkStatusChange(({ isConnected }) => listener(isConnected)),
  sendLink: null,
  savePicture,
  fontScale,
  vibrate: () => void Taro.vibrateShort({ type: 'light' }),
  callPhone: async (number) => void (await asking(Taro.makePhoneCall({ phoneNumber: number }), undefined, '')),
  randomBytes,
  renewApp: () => {
    const updates = Taro.getUpdateManager();
    updates.onUpdateReady(() => updates.applyUpdate());
  },
  keepUpToDate,
};
