import { newId } from '../foundation/ids';
import type { Consent } from '../rooms/privacy/privacy.entity';
import type { Population } from './population';

const monthsAgo = (today: Date, months: number): Date => new Date(today.getTime() - months * 30 * 24 * 60 * 60_000);

/** The prepared people agreed when they first came. */
export function firstConsents({ people }: Pick<Population, 'people'>, today: Date): Partial<Consent>[] {
  const prepared = people.filter(({ row }) => row.demoKey).map(({ row }) => row);
  const at = monthsAgo(today, 3);
  return prepared.map(({ id }): Partial<Consent> => ({
    ...{ id: newId(at), personId: id, noticeVersion: 1, purpose: 'basic', given: 1, channel: 'wechat', byId: id, at },
  }));
}
