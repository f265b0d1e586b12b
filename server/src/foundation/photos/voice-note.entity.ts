import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { VoiceFormat } from './voice';

/** A voice note of at most a minute; loose until a thing takes it, like a photo. */
@Entity('voice_note')
@Index('voice_note_thing', ['thingKind', 'thingId'])
@Index('voice_note_loose', ['thingId', 'createdAt'])
@Index('voice_note_storage', ['storageKey'])
export class VoiceNote {
  /** The caller's ULID. */
  @PrimaryColumn({ name: 'id', type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' })
  id!: string;

  @Column({ name: 'owner_id', type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' })
  ownerId!: string;

  /** 'order', 'task' …: what the note is bound to; null while it is loose. */
  @Column({ name: 'thing_kind', type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  thingKind!: string | null;

  @Column({ name: 'thing_id', type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  thingId!: string | null;

  /** Playing time, rounded up to whole seconds. */
  @Column({ name: 'seconds', type: 'tinyint', unsigned: true })
  seconds!: number;

  /** Bytes as stored. */
  @Column({ name: 'bytes', type: 'int', unsigned: true })
  bytes!: number;

  @Column({ name: 'format', type: 'varchar', length: 8, charset: 'ascii', collation: 'ascii_bin' })
  format!: VoiceFormat;

  /** SHA-256 of the bytes as they were uploaded: a repeated upload is told from another one. */
  @Column({ name: 'content_hash', type: 'binary', length: 32 })
  contentHash!: Buffer;

  @Column({ name: 'storage_key', type: 'varchar', length: 80, charset: 'ascii', collation: 'ascii_bin' })
  storageKey!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'bound_at', type: 'datetime', precision: 3, nullable: true })
  boundAt!: Date | null;
}
