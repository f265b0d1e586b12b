import { answering, Refusal } from '../answer';

const prefix = 'wx.';
/** One entry; WeChat refuses more. */
const mostBytes = 1024 * 1024;

interface Entry {
  key: string;
  data?: unknown;
}

/** What WeChat gives for a key that is not there. */
const nothing = '';

function read(key: string): unknown {
  const kept = localStorage.getItem(prefix + key);
  return kept === null ? nothing : (JSON.parse(kept) as { data: unknown }).data;
}

function write(key: string, data: unknown): void {
  const text = JSON.stringify({ data });
  if (text.length > mostBytes) throw new Refusal('entry size limit reached');
  localStorage.setItem(prefix + key, text);
}

const remove = (key: string): void => localStorage.removeItem(prefix + key);
const keys = (): string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));

export const storage = {
  getStorageSync: read,
  setStorageSync: write,
  removeStorageSync: remove,
  clearStorageSync: () => keys().forEach(remove),
  getStorage: answering('getStorage', ({ key }: Entry) => {
    if (!keys().includes(key)) throw new Refusal('data not found');
    return { data: read(key) };
  }),
  setStorage: answering('setStorage', ({ key, data }: Entry) => write(key, data)),
  removeStorage: answering('removeStorage', ({ key }: Entry) => remove(key)),
};
