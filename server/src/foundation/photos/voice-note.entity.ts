import { Column, Entity } from 'typeorm';
import { Binary, Code, Flag, Id, OptionalRef, Ref, Time, Words } from '../database/columns';
import type { VoiceFormat } from './voice';

/** A voice note of at most a minute; loose until a thing takes it, like a photo. */
@Entity('voice_note')
export class VoiceNote {
  /** The caller's ULID. */
  @Id() id!: string;
  @Ref('owner_id') ownerId!: string;
  /** order, task, history … : what it is bound to. */
  @Code('thing_kind', 20, true) thingKind!: string | null;
  @OptionalRef('thing_id') thingId!: string | null;
  /** Playing time, rounded up. */
  @Column({ name: 'seconds', type: 'tinyint', unsigned: true }) seconds!: number;
  /** As stored. */
  @Column({ name: 'bytes', type: 'int', unsigned: true }) bytes!: number;
  @Code('format', 8) format!: VoiceFormat;
  /** SHA-256 of the bytes as they were uploaded: tells a repeated upload from another one. */
  @Binary('content_hash', 32) contentHash!: Buffer;
  @Code('storage_key', 80) storageKey!: string;
  @Time('created_at') createdAt!: Date;
  /** As of a photo. */
  @Flag('held') held!: number;
  @Time('bound_at', true) boundAt!: Date | null;
  /** 听写: what a machine has heard, with its faults; null: none was asked, or none has answered. '': it heard no words. */
  @Words('words', 1000, true) words!: string | null;
  /** When a speech service is asked next, where there is one; null: not any more, or not at all. */
  @Time('hear_at', true) hearAt!: Date | null;
  @Flag('hear_tries') hearTries!: number;
}
