import { Entity } from 'typeorm';
import type { Urgency, Visibility } from '@sandan/shared/orders/order.words';
import { Code, CodeId, Flag, Int, Json, Words } from '../../foundation/database/columns';

/** domain.md §12.1. Data, not code: a county may change it. */
@Entity('category')
export class Category {
  @CodeId('id', 30) id!: string;
  @Code('field', 30) field!: string;
  @Words('field_name', 20) fieldName!: string;
  @Words('name', 40) name!: string;
  @Int('sort') sort!: number;
  @Int('picture', true) picture!: number | null;
  @Code('urgency', 10) urgency!: Urgency;
  /** Overrides of the urgency's own limits: {handle: {days: 3}, contact: {days: 1}}. */
  @Json('limits') limits!: CategoryLimits;
  @Code('photo', 10) photo!: 'none' | 'after' | 'both';
  @Code('visibility', 15) visibility!: Visibility;
  @Flag('settleable') settleable!: number;
  @Flag('direct') direct!: number;
  @Flag('verify') verify!: number;
  /** Nobody claims: assign (linked member, hub, group lead) before escalating. */
  @Flag('fallback_assign') fallbackAssign!: number;
  @Flag('team') team!: number;
  @Flag('external') external!: number;
  @Flag('active') active!: number;
  @Code('desk_tier', 10) deskTier!: 'village' | 'town';
  @Code('desk_kind', 15) deskKind!: 'desk' | 'discipline';
  @Code('skill', 30, true) skill!: string | null;
  @Words('notice', 200, true) notice!: string | null;
}

export interface CategoryLimits {
  handle?: { days: number } | { minutes: number };
  contact?: { days: number } | { minutes: number };
}
