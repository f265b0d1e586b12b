import decodeQR from 'qr/decode.js';
import sharp from 'sharp';

/** What a phone reads in a picture of a code. Throws where there is nothing to read. */
export async function scan(picture: Uint8Array): Promise<string> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ data: new Uint8Array(data), width: info.width, height: info.height });
}

/** What a phone reads in the picture of a PDF, where a JPEG stands as it was given; null where there is none. */
export async function scanPaper(pdf: Buffer): Promise<string | null> {
  const filter = pdf.indexOf('/DCTDecode');
  if (filter < 0) return null;
  const [from, to] = [pdf.indexOf('stream', filter), pdf.indexOf('endstream', filter)];
  return scan(pdf.subarray(pdf.indexOf(Buffer.from([0xff, 0xd8, 0xff]), from), to));
}
