import sharp from 'sharp';

/** A drawn JPEG of 2000 × 1500, larger than the app sends: it has to make it smaller, as it does with a real photo. */
export function drawnPhoto(colour: string): Promise<Buffer> {
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="1500">
    <rect width="2000" height="1500" fill="#cfd8dc"/><rect y="1100" width="2000" height="400" fill="#8d6e63"/>
    <rect x="940" y="300" width="60" height="900" fill="#455a64"/><circle cx="1020" cy="280" r="120" fill="${colour}"/>
  </svg>`;
  return sharp(Buffer.from(scene)).jpeg({ quality: 90 }).toBuffer();
}
