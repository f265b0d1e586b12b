import encodeQR from 'qr';
import { jsonType, Refusal, type PlatformCalls, type PlatformRequest } from './platform-call';
import { released } from './released-pages';

const allowedScene = /^[\w!#$&'()*+,/:;=?@\-.~]{1,32}$/;
const environments = ['release', 'trial', 'develop'];

/** getUnlimitedQRCode (wechat.md §7). WeChat draws a round code of its own; this one draws a QR code that can be scanned. */
export function makeCodes(landing: string): PlatformCalls {
  const unlimitedCode = ({ body }: PlatformRequest): Promise<Buffer> => {
    const { scene, page = 'pages/home/index', check_path = true, env_version = 'release', width = 430 } = body;
    if (typeof scene !== 'string') throw new Refusal(40129, 'invalid scene');
    if (!allowedScene.test(scene)) throw new Refusal(40169, 'invalid length for scene, or the data is not json string');
    if (/scancode_time/.test(scene)) throw new Refusal(85096, 'not allow include scancode_time field');
    // Such a path is refused whether it is looked up or not.
    if (typeof page !== 'string' || /^\/|\?/.test(page)) throw new Refusal(41030, 'invalid page');
    if (check_path !== false && !released.includes(page)) throw new Refusal(41030, 'invalid page');
    if (!environments.includes(String(env_version))) throw new Refusal(40097, 'invalid args');
    if (!Number.isInteger(width) || Number(width) < 280 || Number(width) > 1280)
      throw new Refusal(40097, 'invalid args');
    return draw(landing + scene, Number(width));
  };
  return {
    'POST /wxa/getwxacodeunlimit': {
      fields: [
        ...['access_token', 'scene', 'page', 'check_path', 'env_version', 'width'],
        ...['auto_color', 'line_color', 'is_hyaline'],
      ],
      contentType: 'image/jpeg',
      refusalType: jsonType,
      needsToken: true,
      answer: unlimitedCode,
    },
  };
}

async function draw(address: string, width: number): Promise<Buffer> {
  // Only where a code is asked for: sharp costs memory, and production has no stand-in.
  const { default: sharp } = await import('sharp');
  const svg = encodeQR(address, 'svg', { ecc: 'medium', border: 4 });
  return sharp(Buffer.from(svg), { density: 600 })
    .resize(width, width, { kernel: 'nearest' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 90 })
    .toBuffer();
}
