import { createStore, del, get, keys, set } from 'idb-keyval';
import { Offline } from '../answer';
import { NotAllowed, type Upload, type UploadAnswer } from './device';

/** Photos and voices that wait to be sent; they outlive the page. */
const store = () => createStore('sandan', 'photos');
/** Object addresses of kept files; each lives as long as the page does. */
const addresses = new Map<string, string>();

const shown = (id: string, blob: Blob): string => {
  const address = addresses.get(id) ?? URL.createObjectURL(blob);
  addresses.set(id, address);
  return address;
};

/** Answers where it can be seen or heard. */
export async function keepFile(id: string, blob: Blob): Promise<string> {
  await set(id, blob, store());
  return shown(id, blob);
}

export async function keptFile(id: string): Promise<string | null> {
  const blob = await get<Blob>(id, store());
  return blob ? shown(id, blob) : null;
}

export async function dropFile(id: string): Promise<void> {
  await del(id, store());
  URL.revokeObjectURL(addresses.get(id) ?? '');
  addresses.delete(id);
}

export async function dropFilesBut(ids: ReadonlySet<string>): Promise<void> {
  const kept = await keys<string>(store());
  await Promise.all(kept.filter((id) => !ids.has(id)).map(dropFile));
}

/** By hand, because Taro's uploadFile reads the file through a `blob:` request, which the page's CSP forbids. */
export async function uploadFile(id: string, name: string, upload: Upload, gone: string): Promise<UploadAnswer> {
  const blob = await get<Blob>(id, store());
  if (!blob) throw new NotAllowed(gone);
  return sendFile(blob, name, upload);
}

export function sendFile(blob: Blob, name: string, { url, headers, onProgress }: Upload): Promise<UploadAnswer> {
  const form = new FormData();
  form.append('file', blob, name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded: sent, total }) => onProgress(Math.round((sent / total) * 100));
    request.onload = () => {
      const headers = { 'Retry-After': request.getResponseHeader('Retry-After') };
      resolve({ status: request.status, body: request.responseText, headers });
    };
    request.onerror = () => reject(new Offline('upload failed'));
    request.send(form);
  });
}
