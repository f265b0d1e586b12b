/** 语音听写: a service that turns recordings into text, where a county has one. */
export interface SpeechSettings {
  /** What `/audio/transcriptions` is added to, such as http://10.0.0.8:8000/v1. */
  readonly url: string;
  /** Sent as a bearer token; null: the service asks for none. */
  readonly key: string | null;
  /** As the service calls it. */
  readonly model: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads SPEECH_URL, SPEECH_KEY and SPEECH_MODEL; null without the first: recordings are only played. */
export function speechSettings(env: Environment, production: boolean, faults: string[]): SpeechSettings | null {
  const url = env['SPEECH_URL']?.replace(/\/+$/, '');
  if (!url) return null;
  if (!URL.canParse(url) || !/^https?:\/\/[^/?#@]+[^?#@]*$/.test(url))
    faults.push(
      'SPEECH_URL：要写成 http://10.0.0.8:8000/v1 这样，后面不带 /audio/transcriptions / must be an address such as http://10.0.0.8:8000/v1',
    );
  else if (production && !isSafe(new URL(url)))
    faults.push(
      'SPEECH_URL：录音是个人信息，机房外面的听写服务要用 https:// / outside the own network recordings go over TLS only',
    );
  const [key, model] = [env['SPEECH_KEY'] || null, env['SPEECH_MODEL'] ?? ''];
  if (key !== null && !/^[\x21-\x7e]+$/.test(key))
    faults.push('SPEECH_KEY：只能是字母、数字和符号，中间没有空格 / SPEECH_KEY has letters, digits and signs only');
  if (model === '')
    faults.push(
      'SPEECH_MODEL 没有设置：填听写服务里模型的名字，如 sensevoice / SPEECH_MODEL is missing, such as sensevoice',
    );
  return { url, key, model };
}

/** Addresses that nobody routes to from outside (RFC 1918, loopback), and names without a dot, as inside one machine room. */
const ownNetwork =
  /^(localhost|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|[a-z0-9-]*[a-z][a-z0-9-]*)$/;

const isSafe = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || ownNetwork.test(hostname);
