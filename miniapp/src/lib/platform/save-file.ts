import Taro from '@tarojs/taro';
import { Offline, settle } from '../answer';

export interface Download {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** With its ending: 承诺导入模板.xlsx */
  readonly name: string;
}

/**
 * Fetches a file that needs a signed-in person and hands it to him: a browser puts it among the downloads, WeChat opens it,
 * and from there it is sent on. Throws `ApiProblem`, or `Offline` when there was no answer.
 */
export const saveFile = (file: Download): Promise<void> =>
  process.env.TARO_ENV === 'h5' ? saveInBrowser(file) : openInWechat(file);

async function saveInBrowser({ url, headers, name }: Download): Promise<void> {
  const answer = await fetch(url, { headers: { ...headers } }).catch((failure: Error) => {
    throw new Offline(failure.message);
  });
  if (!answer.ok) settle(answer.status, await answer.text(), {});
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

async function openInWechat({ url, headers, name }: Download): Promise<void> {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`;
  const { statusCode } = await Taro.downloadFile({ url, header: { ...headers }, filePath }).catch(
    (failure: { errMsg?: string }) => {
      throw new Offline(failure.errMsg ?? 'download failed');
    },
  );
  // The answer of a refusal lies in a file; its status is enough for words.
  if (statusCode !== 200) settle(statusCode, undefined, {});
  await Taro.openDocument({ filePath, showMenu: true });
}
