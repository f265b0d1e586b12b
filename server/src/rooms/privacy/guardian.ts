import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { subjectById, wardsOf, type SubjectRow } from './consents.queries';

/** 未满十四周岁 (个人信息保护法 31 条): the guardian agrees. */
const childUntil = 14;
const adultFrom = 18;

/** Whoever was born after this day has not had that birthday yet. */
export function bornAfter(now: Date, years: number): string {
  const [year, rest] = [Number(chinaDate(now.getTime()).slice(0, 4)), chinaDate(now.getTime()).slice(4)];
  return `${year - years}${rest}`;
}

export const isChild = ({ bornOn }: Pick<SubjectRow, 'bornOn'>, now: Date): boolean =>
  bornOn !== null && bornOn > bornAfter(now, childUntil);

/** Children the caller agrees for; none for somebody who is not grown up. */
export async function wardsOfCaller(reading: Reading, caller: Caller): Promise<SubjectRow[]> {
  const self = await subjectById(reading, caller.personId);
  if (self === null || (self.bornOn !== null && self.bornOn > bornAfter(caller.now, adultFrom))) return [];
  return wardsOf(reading, caller.personId, bornAfter(caller.now, childUntil));
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
