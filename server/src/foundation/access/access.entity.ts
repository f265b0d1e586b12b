import { Entity } from 'typeorm';
import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { Binary, Code, Id, OptionalRef, Ref, Time, Words } from '../database/columns';

/** How a session came about: the mini-program, the demo's list, a computer's browser. */
export type Channel = 'wechat' | 'demo' | 'desktop';

/** Opaque token, stored as its SHA-256. Validity is never cached, so that revoking works at once (decisions.md §2.7). */
@Entity('session')
export class Session {
  @Id() id!: string;
  @Binary('token_hash', 32) tokenHash!: Buffer;
  @Ref('person_id') personId!: string;
  @Code('channel', 20) channel!: Channel;
  @Time('created_at') createdAt!: Date;
  @Time('last_seen_at') lastSeenAt!: Date;
  @Time('expires_at') expiresAt!: Date;
  @Time('revoked_at', true) revokedAt!: Date | null;
  /** Browser and system in words: Chrome（Windows）. */
  @Words('device', 60, true) device!: string | null;
  /** When this session last showed the second factor. */
  @Time('proved_at', true) provedAt!: Date | null;
}

@Entity('role_grant')
export class RoleGrant {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Code('role', 30) role!: GrantedRole;
  @Code('kind', 30, true) kind!: HelperKind | null;
  @Code('tree', 10) tree!: 'grid' | 'party';
  @Ref('node_id') nodeId!: string;
  @Time('starts_at') startsAt!: Date;
  @Time('ends_at', true) endsAt!: Date | null;
  @OptionalRef('granted_by_id') grantedById!: string | null;
  /** Why it has no end date. */
  @Words('open_reason', 200, true) openReason!: string | null;
  @Words('end_reason', 200, true) endReason!: string | null;
  @OptionalRef('ended_by_id') endedById!: string | null;
  /** 代理: whose post it is, and which of his. */
  @OptionalRef('behalf_of_id') behalfOfId!: string | null;
  @OptionalRef('behalf_post_id') behalfPostId!: string | null;
}

/** A failed sign-in of an address, or of a person with a code, counted across processes. */
@Entity('sign_in_failure')
export class SignInFailure {
  @Id() id!: string;
  @Binary('address_hash', 32) addressHash!: Buffer;
  @Time('at') at!: Date;
}
