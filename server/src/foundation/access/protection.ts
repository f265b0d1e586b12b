import { strictest, type ProtectionRules } from '@sandan/shared/settings/protection.words';
import type { Reference } from '../reference/reference';
import type { Channel } from './access.entity';
import type { Caller } from './caller';

/**
 * 数据保护的数 for somebody: those of the county where he lives and serves, of several counties the strictest. The one
 * place to read them.
 */
export function protectionOf({
  reference,
  homeGridId,
  grants,
}: Pick<Caller, 'reference' | 'homeGridId' | 'grants'>): ProtectionRules {
  const home = homeGridId === null ? null : (reference.tree.grid(homeGridId)?.county ?? null);
  const counties = new Set([home, ...grants.flatMap(({ grids }) => grids.map(({ county }) => county))]);
  counties.delete(null);
  if (counties.size === 0) return reference.protection(null);
  const [only] = counties;
  return counties.size === 1
    ? reference.protection(only ?? null)
    : strictest([...counties].map((county) => reference.protection(county)));
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** In milliseconds. */
export interface Life {
  /** Without use. */
  idle: number;
  /** At all. */
  absolute: number;
}

/** A phone is one's own; the computer of an office is shared by its clerks, and left standing over lunch. */
export const lifeBy = (rules: ProtectionRules, channel: Channel): Life =>
  channel === 'desktop'
    ? { idle: rules.desktopIdleMinutes * minute, absolute: rules.desktopHours * hour }
    : { idle: rules.phoneIdleDays * day, absolute: rules.phoneDays * day };

/** Of somebody who is just coming in, by the town he serves or lives in; where he has none, that of the one county. */
export const protectionIn = (reference: Reference, townId: string | null): ProtectionRules =>
  reference.protection(townId === null ? null : (reference.tree.grid(townId)?.county ?? null));
