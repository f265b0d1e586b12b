import Taro from '@tarojs/taro';
import { Offline } from '../answer';
import { NotAllowed, type Upload, type UploadAnswer } from './device';

/** The phone's own files: what stands under `USER_DATA_PATH` stays when the app is closed. */
export const fileInfo = (filePath: string): Promise<{ size: number }> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().getFileInfo({ filePath, success: resolve, fail: reject });
  });

export const saveFile = (tempFilePath: string, filePath: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().saveFile({ tempFilePath, filePath, success: resolve, fail: reject });
  });

export const keptFile = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    Taro.getFileSystemManager().access({ path, success: () => resolve(path), fail: () => resolve(null) });
  });

export const dropFile = (filePath: string): Promise<void> =>
  new Promise((resolve) => {
    // A file that is already gone is what was wanted.
    Taro.getFileSystemManager().unlink({ filePath, complete: () => resolve() });
  });

export const readText = (filePath: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const done = ({ data }: { data: string | ArrayBuffer }) => resolve(String(data));
    Taro.getFileSystemManager().readFile({ filePath, encoding: 'utf8', success: done, fail: reject });
  });

/** `gone`: said when the file is not there any more; the network would be blamed for it, and asked for ever. */
export async function uploadFile(filePath: string, upload: Upload, gone: string): Promise<UploadAnswer> {
  if ((await keptFile(filePath)) === null) throw new NotAllowed(gone);
  return send(filePath, upload);
}

const send = (filePath: string, { url, headers, onProgress }: Upload): Promise<UploadAnswer> =>
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
