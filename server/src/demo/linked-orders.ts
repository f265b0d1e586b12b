import type { CommitmentField } from '@sandan/shared/commitments/commitment.words';
import type { Deed } from './deed';
import { dayMs } from './deed-steps';
import type { Story } from './story';

const categories: Partial<Record<CommitmentField, readonly string[]>> = {
  road: ['roadDamage', 'roadSafety'],
  light: ['streetLight', 'powerCut'],
  water: ['drainage', 'waterSupply'],
  environment: ['garbage'],
  culture: ['publicFacility'],
  elderly: ['errand', 'elderHelp'],
  service: ['phoneHelp', 'papers'],
};

export interface LinkedOrders {
  /** An order of the same village and matter that came while the deed was under way, and when it was linked to it. */
  take(deed: Deed, before: number): { id: string; at: number } | null;
}

/** 关联单子: one in five deeds of such a field has one; no order belongs to two. */
export function linkedOrders(stories: readonly Story[]): LinkedOrders {
  const waiting = new Map<string, Story['record'][]>();
  for (const { record } of stories) {
    if (record.visibility === 'confidential' || record.stage !== 'done' || record.villageId === null) continue;
    const key = `${record.villageId} ${record.categoryId}`;
    waiting.set(key, [...(waiting.get(key) ?? []), record]);
  }
  return {
    take: ({ record, at, stage }, before) => {
      const known = categories[record.field];
      if (!known || !stage.random.chance(0.2)) return null;
      const key = `${record.villageId} ${stage.random.pick(known)}`;
      const linkedAt = (placedAt: Date): number => placedAt.getTime() + 2 * dayMs;
      const isFit = ({ placedAt }: Story['record']): boolean => placedAt > at && linkedAt(placedAt) < before;
      const found = waiting.get(key)?.find(isFit);
      if (!found) return null;
      waiting.set(key, waiting.get(key)?.filter((order) => order !== found) ?? []);
      return { id: found.id, at: linkedAt(found.placedAt) };
    },
  };
}
