import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { newId } from '../ids';
import type { Files } from '../world/files';
import type { PhotoDecoder } from './decoder';
import { receiveUpload, type ReceivedUpload } from './receive';
import { thumbKeyOf, typeOf } from './serve-stored';
import type { SheetRow } from '../spreadsheets/read-sheet';
import type { VoiceFormat } from './voice';

/** A photo that is decoded and stored, but has no row yet. */
export interface TakenPhoto {
  readonly width: number;
  readonly height: number;
  /** Of the stored full-size JPEG. */
  readonly bytes: number;
  /** SHA-256 of the bytes as they came. */
  readonly contentHash: Buffer;
  readonly likeness: string;
  readonly storageKey: string;
}

/** A voice note that is checked and stored, but has no row yet. */
export interface TakenVoice {
  readonly seconds: number;
  readonly bytes: number;
  readonly format: VoiceFormat;
  readonly contentHash: Buffer;
  readonly storageKey: string;
}

export interface Intake {
  readonly decoder: PhotoDecoder;
  readonly files: Files;
  /** Folder for temporary files. */
  readonly folder: string;
  /** Of the upload; the contract of the route says it. */
  readonly maxBytes: number;
}

/**
 * The `before` phase of a photo's upload: receives, decodes and stores it, without the database. When the row is not
 * written afterwards, `sweepOrphans` removes what was stored. Throws the problems of `receiveUpload` and `decodePhoto`.
 */
export async function takePhoto(request: IncomingMessage, intake: Intake, now: Date): Promise<TakenPhoto> {
  return withUpload(request, intake, 'photo', async ({ path, sha256 }) => {
    const { full, thumb, width, height, likeness } = await intake.decoder.decode(path);
    const storageKey = newKey('photos', 'jpg', now);
    await intake.files.put(thumbKeyOf(storageKey), thumb, typeOf(storageKey));
    await intake.files.put(storageKey, full, typeOf(storageKey));
    return { width, height, bytes: full.length, contentHash: sha256, likeness, storageKey };
  });
}

/** The same for a voice note. Throws the problems of `receiveUpload` and `checkVoice`. */
export async function takeVoice(request: IncomingMessage, intake: Intake, now: Date): Promise<TakenVoice> {
  return withUpload(request, intake, 'voice', async ({ path, sha256 }) => {
    const { seconds, format, sound } = await intake.decoder.checkVoice(path);
    const storageKey = newKey('voices', format, now);
    await intake.files.put(storageKey, sound, typeOf(storageKey));
    return { seconds, format, bytes: sound.length, contentHash: sha256, storageKey };
  });
}

export interface TakenSheet {
  readonly rows: readonly SheetRow[];
  /** SHA-256 of the bytes as they came. */
  readonly contentHash: Buffer;
}

/** The same for a spreadsheet, of which nothing is stored but what the caller makes of its rows. Throws the problems of `receiveUpload` and `readSheet`. */
export async function takeSheet(
  request: IncomingMessage,
  intake: Omit<Intake, 'files'>,
  maxRows: number,
): Promise<TakenSheet> {
  return withUpload(request, intake, 'sheet', async ({ path, sha256 }) => ({
    rows: await intake.decoder.readSheet(path, maxRows),
    contentHash: sha256,
  }));
}

async function withUpload<T>(
  request: IncomingMessage,
  { folder, maxBytes }: Pick<Intake, 'folder' | 'maxBytes'>,
  types: 'photo' | 'voice' | 'sheet',
  use: (upload: ReceivedUpload) => Promise<T>,
): Promise<T> {
  const upload = await receiveUpload(request, { types, maxBytes, folder });
  try {
    return await use(upload);
  } finally {
    await rm(upload.path, { force: true });
  }
}

/**
 * Every upload gets a key of its own, never that of the row: so no second upload, by whomever, can write over a
 * stored file. The folder of the day lets `sweepOrphans` look at a few days only.
 */
function newKey(kind: 'photos' | 'voices', extension: string, now: Date): string {
  return `${kind}/${dayFolder(now)}/${newId(now)}.${extension}`;
}

/** `2026-11-22`, in UTC. */
export const dayFolder = (at: Date): string => at.toISOString().slice(0, 10);
