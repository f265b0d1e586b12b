import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import { askChecks, type CheckRoot } from '../../foundation/checks/ask-checks';
import type { Db } from '../../foundation/database/connect';
import type { Commitment } from './commitment.entity';

type Placed = Pick<Commitment, 'id' | 'countyId' | 'townId' | 'villageId' | 'groupId'>;

export const rootOf = ({ id, countyId, townId, villageId, groupId }: Placed): CheckRoot => ({
  ...{ root: 'commitment', rootId: id, countyId, townId, villageId, groupId },
});

/** Whose words go to WeChat before they are taken (word-checks.ts): they wait for it. */
const asked: readonly string[] = [
  ...(['opine', 'progress', 'requestChange', 'deliver', 'dispute', 'rate'] satisfies CommitmentAction[]),
];

/** As what the words of a step are checked: a report, or what is answered and decided about a deed. */
export const stepField = (action: string) =>
  asked.includes(action) ? ('commitment.step' as const) : ('commitment.answer' as const);

/** 答复、处理: the word of an office, read at once under its name; in doubt it is hidden. */
export async function askAboutAnswer(
  db: Db,
  deed: Placed,
  caller: Caller,
  { action, actionId, words }: { action: CommitmentAction; actionId: string; words: string | null | undefined },
): Promise<void> {
  const field = stepField(action);
  if (!words || field === 'commitment.step') return;
  await askChecks(db, rootOf(deed), caller, [{ field, thingId: actionId, authorId: caller.personId }]);
}
