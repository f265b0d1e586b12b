import type { Round } from './commitment';

/** The year that the wall shows first: the newest that has begun. The server names the newest first. */
export const currentRound = (rounds: readonly Round[]): Round | null =>
  rounds.find(({ state }) => state !== 'preparing') ?? null;

const draftable: readonly Round['state'][] = ['drafting', 'reviewing', 'underWay', 'midYear'];

/** The year for which deeds can be written now; after the time of drafting it takes a reason. */
export const draftingRound = (rounds: readonly Round[]): Round | null =>
  rounds.find(({ state }) => draftable.includes(state)) ?? null;

/** Whoever stands above towns sees the years of several. */
export const townsOf = (rounds: readonly Round[]): string[] => [...new Set(rounds.map(({ townId }) => townId))];
