import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { Photo } from '../../foundation/photos/photo.entity';
import type { VoiceNote } from '../../foundation/photos/voice-note.entity';

/** Where an upload is stored; undefined when there is none of this id. */
const storedAs = async <Row>(reading: Reading, table: 'photo' | 'voice_note', id: string): Promise<Row | undefined> => {
  const [row] = await reading.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE id = ?`, [id]);
  return row && rowOf<Row>(row);
};

export const photoById = (reading: Reading, id: string): Promise<Photo | undefined> =>
  storedAs<Photo>(reading, 'photo', id);
export const voiceById = (reading: Reading, id: string): Promise<VoiceNote | undefined> =>
  storedAs<VoiceNote>(reading, 'voice_note', id);
