import Taro from '@tarojs/taro';

// WeChat: 1 MB a key, 10 MB in all. In a browser Taro uses localStorage.
const prefix = 'sandan.';

/** What was kept under `name`, or null. The shape is the caller's own: whoever changes it changes the name. */
export function readStored<T>(name: string): T | null {
  const value: unknown = Taro.getStorageSync(prefix + name);
  return value === '' || value === undefined ? null : (value as T);
}

export const writeStored = (name: string, value: unknown): void => Taro.setStorageSync(prefix + name, value);

export const dropStored = (name: string): void => Taro.removeStorageSync(prefix + name);

/** Everything that is kept under a name that begins so. */
export const storedNames = (beginning: string): string[] =>
  Taro.getStorageInfoSync()
    .keys.filter((key) => key.startsWith(prefix + beginning))
    .map((key) => key.slice(prefix.length));
