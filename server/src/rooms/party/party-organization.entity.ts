import { Entity } from 'typeorm';
import { Code, Id, Int, OptionalRef, Time, Words } from '../../foundation/database/columns';

@Entity('party_organization')
export class PartyOrganization {
  @Id() id!: string;
  @OptionalRef('parent_id') parentId!: string | null;
  /** 党委 / 党总支 / 党支部 / 党小组 */
  @Code('org_rank', 20) rank!: 'committee' | 'generalBranch' | 'branch' | 'cell';
  @Words('name', 60) name!: string;
  @Time('closed_at', true) closedAt!: Date | null;
  /** What is found in its place once it is closed. */
  @OptionalRef('successor_id') successorId!: string | null;
}

/** Closure of the free-depth tree: every organisation is its own ancestor at depth 0. */
@Entity('party_ancestor')
export class PartyAncestor {
  @Id('ancestor_id') ancestorId!: string;
  @Id('descendant_id') descendantId!: string;
  @Int('depth') depth!: number;
}

/** Organisation ↔ grid is many to many: 69 cells over 147 groups. */
@Entity('party_grid')
export class PartyGrid {
  @Id('organization_id') organizationId!: string;
  @Id('grid_id') gridId!: string;
  @Time('starts_at', true) startsAt!: Date | null;
}
