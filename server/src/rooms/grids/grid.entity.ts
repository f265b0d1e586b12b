import { Entity } from 'typeorm';
import { Code, Double, Id, Int, IntId, Json, OptionalRef, Time, Words } from '../../foundation/database/columns';

export type Tier = 'county' | 'town' | 'village' | 'group';

/** 网格: county → town → village → group. Ancestors are columns, not a path (decisions.md §2.1). */
@Entity('grid')
export class Grid {
  @Id() id!: string;
  @OptionalRef('parent_id') parentId!: string | null;
  @Code('tier', 10) tier!: Tier;
  /** 12-digit division code or 15-digit grid code. */
  @Code('code', 15) code!: string;
  @Words('name', 40) name!: string;
  @OptionalRef('county_id') countyId!: string | null;
  @OptionalRef('town_id') townId!: string | null;
  @OptionalRef('village_id') villageId!: string | null;
  @OptionalRef('group_id') groupId!: string | null;
  @Double('lat', true) lat!: number | null;
  @Double('lng', true) lng!: number | null;
  /** GeoJSON Polygon in GCJ-02, [lng, lat] pairs. */
  @Json('boundary', true) boundary!: { type: 'Polygon'; coordinates: number[][][] } | null;
  @Code('duty_phone', 20, true) dutyPhone!: string | null;
  @Time('closed_at', true) closedAt!: Date | null;
  /** What is found in its place once it is closed: the survivor of a merge, else what was above it. */
  @OptionalRef('successor_id') successorId!: string | null;
}

/** One row: its number changes with every change of the trees, so that every process knows when its copy is stale. */
@Entity('tree')
export class Tree {
  @IntId('id') id!: number;
  @Int('version') version!: number;
}
