import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { isKnownGrownUp } from '../../foundation/access/childhood';
import type { Reading } from '../../foundation/database/connect';
import { subjectById, wardsOf, type SubjectRow } from './consents.queries';

/** Children the caller agrees for: who is named so, and in his own house whoever is known to be grown up. */
export async function wardsOfCaller(reading: Reading, caller: Caller): Promise<SubjectRow[]> {
  const self = await subjectById(reading, caller.personId);
  if (self === null) return [];
  const { personId, now } = caller;
  return wardsOf(reading, { personId, householdId: isKnownGrownUp(self, now) ? self.householdId : null, now });
}

/** The caller, or the child he or she answers for. Throws `privacy.not-guardian` (404). */
export async function subjectFor(reading: Reading, caller: Caller, personId: string | undefined): Promise<SubjectRow> {
  const id = personId ?? caller.personId;
  const subject =
    id === caller.personId
      ? await subjectById(reading, id)
      : (await wardsOfCaller(reading, caller)).find((ward) => ward.id === id);
  if (!subject) throw new Problem('privacy.not-guardian');
  return subject;
}
