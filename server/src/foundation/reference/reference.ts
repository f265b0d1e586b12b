import type { Stage } from '@sandan/shared/lifecycle';
import type { Urgency, Visibility } from '@sandan/shared/orders/order.words';
import type { ProtectionRules } from '@sandan/shared/settings/protection.words';
import type { Span } from '@sandan/shared/china-time';
import type { WorkCalendar } from '@sandan/shared/working-time';
import type { Reading } from '../database/connect';
import type { Offices } from './offices';
import type { Tree } from './tree';

export type { Stage };

export type Limit = { days: number } | { minutes: number };

/** A category as the rules need it (domain.md §12.1). */
export interface CategoryRule {
  id: string;
  name: string;
  field: string;
  fieldName: string;
  sort: number;
  picture: number | null;
  urgency: Urgency;
  limits: { handle?: Limit; contact?: Limit };
  photo: 'none' | 'after' | 'both';
  visibility: Visibility;
  settleable: boolean;
  direct: boolean;
  verify: boolean;
  fallbackAssign: boolean;
  team: boolean;
  external: boolean;
  active: boolean;
  deskTier: 'village' | 'town';
  deskKind: 'desk' | 'discipline';
  skill: string | null;
  notice: string | null;
}

export interface TownRule {
  calendar: WorkCalendar;
  /** No messages between these minutes of the day but for emergencies. */
  quiet: Span;
  /** 汇总: minutes after midnight at which what has come in meanwhile is told in one message, on workdays. */
  digests: readonly number[];
  inspectionPercent: number;
  /** A desk whose people are away longer than this is served by the one above (代管). */
  vacantAfterDays: number;
  dutyPhone: string | null;
  /** 内容抽查: of a hundred that passed the content check, so many are looked at by a person. */
  reviewSamplePercent: number;
  /** 投诉: by the people of so many houses, and it is hidden until a person decides. */
  complaintsToHide: number;
}

/** A version of the privacy notice, as far as every request must know it. */
export interface NoticeRule {
  version: number;
  effectiveAt: Date;
}

/**
 * What changes seldom and is asked for in every request: trees, categories, settings. Kept in memory, read anew when the
 * version that comes with every session changes (decisions.md §2.7).
 */
export interface Reference {
  version: number;
  tree: Tree;
  offices: Offices;
  category(id: string): CategoryRule | undefined;
  categories: readonly CategoryRule[];
  /** 隐私告知: every version, newest first. */
  notices: readonly NoticeRule[];
  /** Settings of the town; the defaults when there are none. */
  town(townId: string | null): TownRule;
  /** 数据保护的数 of the county; of null those of the one county there is. Read through access/protection.ts. */
  protection(countyId: string | null): ProtectionRules;
}

export interface ReferenceCache {
  /** The data of at least this version; a newer one may be answered. */
  at(version: number): Promise<Reference>;
  current(): Promise<Reference>;
}

/** `load` is the rooms' own: each reads its part through its queries (rooms.ts). One load at a time, shared by all. */
export function createReferenceCache(
  reading: Reading,
  load: (reading: Reading, version: number) => Promise<Reference>,
): ReferenceCache {
  let held: Reference | null = null;
  let loading: Promise<Reference> | null = null;

  const readVersion = async () => {
    const [row] = await reading.query<{ version: number }>('SELECT version FROM tree WHERE id = 1');
    if (!row) throw new Error('The tree has no version row: the migrations have not run');
    return row.version;
  };
  const refresh = () => {
    loading ??= readVersion()
      .then((version) => load(reading, version))
      .then((reference) => (held = reference))
      .finally(() => {
        loading = null;
      });
    return loading;
  };

  const at = async (version: number) => {
    if (held && held.version >= version) return held;
    // The load that was under way may have begun before that version; the next one has not.
    const loaded = await refresh();
    return loaded.version >= version ? loaded : refresh();
  };
  return { at, current: async () => at(await readVersion()) };
}
