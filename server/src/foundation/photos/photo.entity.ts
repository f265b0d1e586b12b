import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A decoded photo. It exists before the thing it belongs to: `thingId` is null while it is loose, and then
 * only its owner may read it (decisions.md §4.2).
 */
@Entity('photo')
@Index('photo_thing', ['thingKind', 'thingId'])
@Index('photo_loose', ['thingId', 'createdAt'])
@Index('photo_content', ['contentHash'])
@Index('photo_storage', ['storageKey'])
export class Photo {
  /** The caller's ULID. */
  @PrimaryColumn({ name: 'id', type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' })
  id!: string;

  @Column({ name: 'owner_id', type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin' })
  ownerId!: string;

  /** 'order', 'task', 'commitment' …: what the photo is bound to; null while it is loose. */
  @Column({ name: 'thing_kind', type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  thingKind!: string | null;

  @Column({ name: 'thing_id', type: 'char', length: 26, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  thingId!: string | null;

  /** Pixels of the stored picture, upright. */
  @Column({ name: 'width', type: 'smallint', unsigned: true })
  width!: number;

  @Column({ name: 'height', type: 'smallint', unsigned: true })
  height!: number;

  /** Bytes of the stored full-size JPEG. */
  @Column({ name: 'bytes', type: 'int', unsigned: true })
  bytes!: number;

  /** SHA-256 of the bytes as they were uploaded: finds the same file used twice (照片重复使用). */
  @Column({ name: 'content_hash', type: 'binary', length: 32 })
  contentHash!: Buffer;

  /** 64-bit difference hash of the picture, as a decimal string: near pictures differ in few bits. */
  @Column({ name: 'likeness', type: 'bigint', unsigned: true })
  likeness!: string;

  /** Key of the full picture in the storage; the thumbnail's is derived from it. Demo photos share keys. */
  @Column({ name: 'storage_key', type: 'varchar', length: 80, charset: 'ascii', collation: 'ascii_bin' })
  storageKey!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'bound_at', type: 'datetime', precision: 3, nullable: true })
  boundAt!: Date | null;
}
