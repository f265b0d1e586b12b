import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Binary, Id, Int, Ref, Time } from '../database/columns';

const Seq = () => PrimaryColumn({ name: 'seq', type: 'bigint', unsigned: true });

/** One link of the chain per entry. Append-only like the entries themselves. */
@Entity('audit_seal')
export class AuditSeal {
  @Seq() seq!: number;
  @Ref('entry_id') entryId!: string;
  @Binary('hash', 32) hash!: Buffer;
}

/** Where the chain begins after what had to be kept no longer was removed. Written by the owner's account alone. */
@Entity('audit_anchor')
export class AuditAnchor {
  @Seq() seq!: number;
  @Binary('hash', 32) hash!: Buffer;
  @Time('at') at!: Date;
}

/** What a verification found, so that the auditor's screen can say so, and where the chain ended then. */
@Entity('audit_check')
export class AuditCheck {
  @Id() id!: string;
  @Time('at') at!: Date;
  @Column({ name: 'seq', type: 'bigint', unsigned: true }) seq!: number;
  @Binary('hash', 32) hash!: Buffer;
  @Int('entries') entries!: number;
  @Int('faults') faults!: number;
  /** 每夜核对: up to where the nightly round through the old links has come; null for a check of the whole. */
  @Column({ name: 'round_seq', type: 'bigint', unsigned: true, nullable: true }) roundSeq!: number | null;
  @Binary('round_hash', 32, true) roundHash!: Buffer | null;
}
