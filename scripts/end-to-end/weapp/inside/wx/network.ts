import { serverPath } from '../addresses';
import { answer, answering, Refusal, type Callbacks } from '../answer';
import { readFile, writeUserFile } from '../files';

interface RequestOptions extends Callbacks {
  url: string;
  method?: string;
  data?: string;
  header?: Record<string, string>;
  timeout?: number;
}

interface UploadOptions extends Callbacks {
  url: string;
  filePath: string;
  name: string;
  header?: Record<string, string>;
  formData?: Record<string, string>;
}

interface DownloadOptions extends Callbacks {
  url: string;
  filePath: string;
  header?: Record<string, string>;
}

interface Progress {
  progress: number;
  totalBytesSent: number;
  totalBytesExpectedToSend: number;
}

/** There is no PATCH in WeChat. */
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];
const usualTimeoutMs = 60_000;

/** Only the server that the build knows is on WeChat's list; here it is behind the phone's own origin. */
function listedPath(url: string): string {
  const path = serverPath(url);
  if (path === null) throw new Refusal('url not in domain list', 600002);
  return path;
}

const noAnswer = (stopped: AbortSignal) => (): never => {
  throw new Refusal(stopped.aborted ? String(stopped.reason) : 'net::ERR_FAILED', 600001);
};

function request(options: RequestOptions) {
  const stop = new AbortController();
  const { method = 'GET', data, header = {}, timeout = usualTimeoutMs } = options;
  const work = async () => {
    if (!methods.includes(method)) throw new Refusal(`invalid method ${method}`);
    const timer = setTimeout(() => stop.abort('timeout'), timeout);
    const sent = { method, headers: header, signal: stop.signal, ...(data === undefined ? {} : { body: data }) };
    const got = await fetch(listedPath(options.url), sent).catch(noAnswer(stop.signal));
    const text = await got.text().catch(noAnswer(stop.signal));
    clearTimeout(timer);
    return { statusCode: got.status, header: headersOf(got), data: parsed(text), cookies: [] };
  };
  void answer('request', work, options);
  return { abort: () => stop.abort('abort') };
}

function headersOf({ headers }: Response): Record<string, string> {
  const all: Record<string, string> = {};
  headers.forEach((value, name) => (all[name] = value));
  return all;
}

/** As WeChat does by default: JSON if it is some, else the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function uploadFile(options: UploadOptions) {
  const connection = new XMLHttpRequest();
  const listeners: ((progress: Progress) => void)[] = [];
  connection.upload.onprogress = ({ loaded, total }) => {
    const progress = Math.round((loaded / total) * 100);
    listeners.forEach((tell) => tell({ progress, totalBytesSent: loaded, totalBytesExpectedToSend: total }));
  };
  const work = async () => {
    const file = await readFile(options.filePath);
    if (!file) throw new Refusal('file not found');
    const form = new FormData();
    Object.entries(options.formData ?? {}).forEach(([name, value]) => form.append(name, value));
    form.append(options.name, file, options.filePath.split('/').pop());
    return post(connection, listedPath(options.url), options.header ?? {}, form);
  };
  void answer('uploadFile', work, options);
  return {
    abort: () => connection.abort(),
    onProgressUpdate: (listener: (progress: Progress) => void) => void listeners.push(listener),
  };
}

const post = (connection: XMLHttpRequest, path: string, header: Record<string, string>, form: FormData) =>
  new Promise<{ statusCode: number; data: string }>((resolve, reject) => {
    connection.open('POST', path);
    Object.entries(header).forEach(([name, value]) => connection.setRequestHeader(name, value));
    connection.onload = () => resolve({ statusCode: connection.status, data: connection.responseText });
    connection.onerror = () => reject(new Refusal('net::ERR_FAILED', 600001));
    connection.onabort = () => reject(new Refusal('abort'));
    connection.send(form);
  });

/** Keeps whatever the server answers, a refusal too; the app is told its status. */
function downloadFile({ url, filePath, header = {}, ...callbacks }: DownloadOptions) {
  const stop = new AbortController();
  const work = async () => {
    const got = await fetch(listedPath(url), { headers: header, signal: stop.signal }).catch(noAnswer(stop.signal));
    await writeUserFile(filePath, await got.blob());
    return { statusCode: got.status, filePath };
  };
  void answer('downloadFile', work, callbacks);
  return { abort: () => stop.abort('abort'), onProgressUpdate: () => undefined };
}

type NetworkListener = (network: { isConnected: boolean; networkType: string }) => void;

const networkType = (): string => (navigator.onLine ? 'wifi' : 'none');

export const network = {
  request,
  uploadFile,
  downloadFile,
  getNetworkType: answering('getNetworkType', () => ({ networkType: networkType() })),
  /** It is never slow here. */
  onNetworkWeakChange: () => undefined,
  onNetworkStatusChange: (listener: NetworkListener) => {
    const tell = () => listener({ isConnected: navigator.onLine, networkType: networkType() });
    window.addEventListener('online', tell);
    window.addEventListener('offline', tell);
  },
};
