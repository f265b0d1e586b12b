import { readFile } from 'node:fs/promises';
import { Problem } from '@sandan/shared/problems';
import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';
import { countM4aFrames, withoutNotes } from './m4a-boxes';
import { adtsHeader, countFrames, mp3Header } from './sound-frames';
import { readWave } from './wave';

/**
 * 'aac' is a bare ADTS stream as Android records it, 'm4a' the same sound in a file as the iPhone records it, 'wav' what a
 * browser makes of its recording.
 */
export type VoiceFormat = 'aac' | 'm4a' | 'mp3' | 'wav';

export interface CheckedVoice {
  /** Playing time, rounded up to whole seconds: 1–60. */
  readonly seconds: number;
  readonly format: VoiceFormat;
  /** The recording without tags: no place, no device, nothing hidden before or behind the sound. */
  readonly sound: Buffer;
}

interface Sound {
  readonly seconds: number;
  readonly sound: Buffer;
}

const longest = 60;
/** The recorder of a phone stops a little late. */
const slack = 1;
const formats: Record<string, VoiceFormat> = {
  'audio/aac': 'aac',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-m4a': 'm4a',
  'audio/mp4': 'm4a',
  // The brand of an MP4 file does not say whether there is a picture in it: its tracks do.
  'video/mp4': 'm4a',
};

/**
 * Checks a voice note by its content: AAC, MP3 or WAV, at most 60 seconds by its frames. The size was limited at the door
 * (2 MB). Runs in the photo worker, so that nothing that it reads can hold up the service.
 *
 * Throws `voice.not-voice`, `voice.too-long`, `voice.broken`.
 */
export async function checkVoice(path: string): Promise<CheckedVoice> {
  const file = await readFile(path);
  const type = await fileTypeFromBuffer(file);
  const format = type && formats[type.mime];
  if (format === undefined) throw new Problem('voice.not-voice');
  const { seconds, sound } = await readSound(file, format);
  if (!(seconds > 0)) throw new Problem('voice.broken');
  if (seconds > longest + slack) throw new Problem('voice.too-long');
  return { seconds: Math.min(longest, Math.ceil(seconds)), format, sound };
}

function readSound(file: Buffer, format: VoiceFormat): Sound | Promise<Sound> {
  if (format === 'm4a') return readM4a(file);
  return format === 'wav' ? readPcm(file) : readFrames(file, format);
}

function readPcm(file: Buffer): Sound {
  try {
    return readWave(file);
  } catch (error) {
    throw new Problem('voice.broken', { cause: error });
  }
}

/** Frames without which a few lucky bytes would pass for sound. */
const fewestFrames = 3;
/** Bytes that may follow the sound: half a frame and an ID3v1 tag. */
const longestTail = 4096;

function readFrames(file: Buffer, format: 'aac' | 'mp3'): Sound {
  const { seconds, frames, start, end } = countFrames(file, format === 'aac' ? adtsHeader : mp3Header);
  if (frames < fewestFrames || file.length - end > longestTail) throw new Problem('voice.broken');
  return { seconds, sound: file.subarray(start, end) };
}

/** Samples in an AAC frame. */
const frameSamples = 1024;

async function readM4a(file: Buffer): Promise<Sound> {
  const { format } = await readTracks(file);
  const [track, ...others] = format.trackInfo;
  const rate = track?.audio?.samplingFrequency;
  if (track?.codecName !== 'MPEG-4/AAC' || !rate || others.length > 0) throw new Problem('voice.not-voice');
  try {
    const { frames, bytes } = countM4aFrames(file);
    if (frames < fewestFrames || bytes > file.length) throw new RangeError('sample table without samples');
    const counted = (frames * frameSamples) / rate;
    return { seconds: Math.max(counted, format.duration ?? 0), sound: withoutNotes(file) };
  } catch (error) {
    throw new Problem('voice.broken', { cause: error });
  }
}

async function readTracks(file: Buffer): ReturnType<typeof parseBuffer> {
  try {
    return await parseBuffer(file, { mimeType: 'audio/mp4', size: file.length }, { skipCovers: true });
  } catch (error) {
    throw new Problem('voice.broken', { cause: error });
  }
}
