import sharp from 'sharp';
import { thumbKeyOf } from '../foundation/photos/serve-stored';
import { dayFolder } from '../foundation/photos/take-upload';
import type { Files } from '../foundation/world/files';
import { sceneNames, svgOf, type SceneName } from './scenes';

/** What the rows of photos that show this scene have in common. */
export interface Picture {
  width: number;
  height: number;
  bytes: number;
  storageKey: string;
}

/** Draws the scenes and stores each once, with its thumbnail: a thousand rows share a dozen files. */
export async function storePictures(files: Files, today: Date): Promise<Record<SceneName, Picture>> {
  const stored = await Promise.all(sceneNames.map(async (name) => [name, await store(files, name, today)] as const));
  return Object.fromEntries(stored) as Record<SceneName, Picture>;
}

async function store(files: Files, name: SceneName, today: Date): Promise<Picture> {
  const drawing = sharp(Buffer.from(svgOf(name)));
  const { data, info } = await drawing.jpeg({ quality: 80 }).toBuffer({ resolveWithObject: true });
  const thumb = await sharp(data).resize(320).jpeg({ quality: 75 }).toBuffer();
  const storageKey = `photos/${dayFolder(today)}/demo-${name}.jpg`;
  await files.put(thumbKeyOf(storageKey), thumb, 'image/jpeg');
  await files.put(storageKey, data, 'image/jpeg');
  return { width: info.width, height: info.height, bytes: data.length, storageKey };
}
