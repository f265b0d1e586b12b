import { Problem } from '@sandan/shared/problems';
import type { Reading } from '../database/connect';
import type { Caller } from './caller';

/** A shown second factor holds for a working day. */
const shownFor = 12 * 60 * 60_000;

/** Until when this session need not show it again; null where it must now. */
export function shownUntil({ channel, provedAt, now }: Pick<Caller, 'channel' | 'provedAt' | 'now'>): Date | null {
  // The demo lets anybody be anybody, on this machine alone (decisions.md §6.12): there is nothing to be proved in it.
  if (channel === 'demo') return new Date(now.getTime() + shownFor);
  const until = provedAt && new Date(provedAt.getTime() + shownFor);
  return until !== null && until > now ? until : null;
}

/**
 * For endpoints by which somebody sets things up or takes lists out of the house.
 * @throws Problem access.second-factor-needed (enrolled, show it), access.second-factor-missing (enrol first)
 */
export async function mustHaveShown(reading: Reading, caller: Caller): Promise<void> {
  if (shownUntil(caller)) return;
  const enrolled = await isEnrolled(reading, caller.personId);
  throw new Problem(enrolled ? 'access.second-factor-needed' : 'access.second-factor-missing');
}

export async function isEnrolled(reading: Reading, personId: string): Promise<boolean> {
  const [row] = await reading.query<{ found: number }>(
    'SELECT EXISTS (SELECT 1 FROM second_factor WHERE person_id = ? AND enrolled_at IS NOT NULL) AS found',
    [personId],
  );
  return Number(row?.found) === 1;
}
