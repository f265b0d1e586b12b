import { Column, Entity } from 'typeorm';
import { Binary, Code, Flag, Id, OptionalRef, Ref, Time } from '../database/columns';

/**
 * A decoded photo. It exists before the thing it belongs to: while `thingId` is null it is loose, and only its owner may
 * read it (decisions.md §4.2).
 */
@Entity('photo')
export class Photo {
  /** The caller's ULID. */
  @Id() id!: string;
  @Ref('owner_id') ownerId!: string;
  /** order, task, history … : what it is bound to. */
  @Code('thing_kind', 20, true) thingKind!: string | null;
  @OptionalRef('thing_id') thingId!: string | null;
  /** Pixels of the stored picture, upright. */
  @Column({ name: 'width', type: 'smallint', unsigned: true }) width!: number;
  @Column({ name: 'height', type: 'smallint', unsigned: true }) height!: number;
  /** Of the stored full-size JPEG. */
  @Column({ name: 'bytes', type: 'int', unsigned: true }) bytes!: number;
  /** SHA-256 of the bytes as they were uploaded: finds the same file used twice (照片重复使用). */
  @Binary('content_hash', 32) contentHash!: Buffer;
  /** 64-bit difference hash of the picture, as a decimal string: alike pictures differ in few bits. */
  @Column({ name: 'likeness', type: 'bigint', unsigned: true }) likeness!: string;
  /** Of the full picture in the storage; the thumbnail's is made from it. The demo town's photos share keys. */
  @Code('storage_key', 80) storageKey!: string;
  @Time('created_at') createdAt!: Date;
  /** 内容检查: 0 for whoever sees what it belongs to; else for its owner and those who have the matter in hand. */
  @Flag('held') held!: number;
  @Time('bound_at', true) boundAt!: Date | null;
}
