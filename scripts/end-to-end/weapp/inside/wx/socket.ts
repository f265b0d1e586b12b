import { serverPath } from '../addresses';
import { answer, Refusal, type Callbacks } from '../answer';

interface ConnectOptions extends Callbacks {
  url: string;
}

interface SendOptions extends Callbacks {
  data: string;
}

type Listener = (told: object) => void;
type Happening = 'open' | 'message' | 'close' | 'error';

/** Only to the server that the build knows (its `wss://` is on WeChat's list), here behind the phone's own origin. */
function openedTo(url: string): WebSocket {
  const path = serverPath(url.replace(/^ws/, 'http'));
  if (path === null) throw new Refusal('url not in domain list', 600002);
  return new WebSocket(`ws://${window.location.host}${path}`);
}

/** A SocketTask: WeChat tells its listeners, one of each kind or several, and refuses to send before it is open. */
function connectSocket({ url, ...callbacks }: ConnectOptions) {
  const listeners: Record<Happening, Listener[]> = { open: [], message: [], close: [], error: [] };
  const tell = (what: Happening, told: object) => listeners[what].forEach((listener) => listener(told));
  let socket: WebSocket | null = null;
  const connect = () => {
    socket = openedTo(url);
    socket.onopen = () => tell('open', { header: {} });
    socket.onmessage = ({ data }) => tell('message', { data: data as string });
    socket.onclose = ({ code, reason }) => tell('close', { code, reason });
    socket.onerror = () => tell('error', { errMsg: 'connectSocket:fail' });
    return Promise.resolve({});
  };
  void answer('connectSocket', connect, callbacks);
  const on = (what: Happening) => (listener: Listener) => void listeners[what].push(listener);
  const send = (data: string) => {
    if (socket?.readyState !== WebSocket.OPEN) throw new Refusal('SocketTask.readyState is not OPEN');
    socket.send(data);
    return Promise.resolve({});
  };
  return {
    ...{ onOpen: on('open'), onMessage: on('message'), onClose: on('close'), onError: on('error') },
    send: ({ data, ...told }: SendOptions) => void answer('sendSocketMessage', () => send(data), told),
    close: ({ code = 1000, reason = '' }: { code?: number; reason?: string }) => socket?.close(code, reason),
  };
}

export const sockets = { connectSocket };
