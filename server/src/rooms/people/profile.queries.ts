import type { Reading } from '../../foundation/database/connect';
import type { Photo } from '../../foundation/photos/photo.entity';

export interface ProfileRow {
  nickname: string | null;
  picture: Pick<Photo, 'id' | 'width' | 'height'> | null;
}

export async function profileRow(reading: Reading, personId: string): Promise<ProfileRow | null> {
  const [row] = await reading.query<{ nickname: string | null; id: string | null; width: number; height: number }>(
    `SELECT f.nickname, p.id, p.width, p.height FROM profile f LEFT JOIN photo p ON p.id = f.picture_id
     WHERE f.person_id = ?`,
    [personId],
  );
  if (!row) return null;
  const { nickname, id, width, height } = row;
  return { nickname, picture: id === null ? null : { id, width, height } };
}
