import decodeQR from 'qr/decode.js';
import sharp from 'sharp';

/** What a phone reads in a picture of a code. Throws where there is nothing to read. */
export async function scan(picture: Uint8Array): Promise<string> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ data: new Uint8Array(data), width: info.width, height: info.height });
}
