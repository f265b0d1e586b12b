import type { z } from 'zod';
import { checkStates, checkedThings, complaintReasons, labelWords } from '@sandan/shared/reviews/review.words';
import type { Complaint, Review } from '@sandan/shared/reviews/reviews.contract';
import type { Caller } from '../../foundation/access/caller';
import { maskPhonesAndIds } from '../../foundation/access/masking';
import type { SigningKeys } from '../../foundation/access/signature';
import { checkedFields } from '../../foundation/checks/checked-fields';
import type { ContentCheck } from '../../foundation/checks/content-check.entity';
import type { Reading } from '../../foundation/database/connect';
import { photoLink, voiceLink } from '../../foundation/photos/links';
import { readableRoots } from './stands';
import { openComplaints, picturesOf, soundsOf, wordsOfChecks, type ComplaintRow } from './reviews.queries';

/** As others would see it: no name of whoever wrote it, numbers masked. */
export async function presentReviews(
  reading: Reading,
  caller: Caller,
  checks: readonly ContentCheck[],
  signing: SigningKeys,
): Promise<z.input<typeof Review>[]> {
  const ofKind = (kind: 'image' | 'sound') =>
    checks.filter(({ field }) => checkedFields[field].kind === kind).map(({ thingId }) => thingId);
  const [words, pictures, sounds, readable, complaints] = await Promise.all([
    wordsOfChecks(reading, checks),
    picturesOf(reading, ofKind('image')),
    soundsOf(reading, ofKind('sound')),
    readableRoots(reading, caller, checks),
    openComplaints(
      reading,
      checks.map(({ id }) => id),
    ),
  ]);
  return checks.map((check) => {
    const { id, field, state, held, sampled, label, createdAt, thingId, version } = check;
    const text = words.get(id);
    const picture = pictures.find((each) => each.id === thingId);
    const sound = sounds.find((each) => each.id === thingId);
    return {
      ...{ id, field, ...checkedThings[field], state, stateName: checkStates[state], version },
      found: label === null ? null : labelWords(label),
      ...{ held: held === 1, sampled: sampled === 1, place: placeOf(check, caller), at: createdAt.toISOString() },
      words: text === undefined ? null : maskPhonesAndIds(text),
      photo: picture ? photoLink(picture, signing, caller.now, true) : null,
      voice: sound
        ? voiceLink({ ...sound, words: sound.words && maskPhonesAndIds(sound.words) }, signing, caller.now, true)
        : null,
      stands: readable.has(check.rootId) ? { thing: check.root, id: check.rootId } : null,
      complaints: complaints
        .filter(({ checkId }) => checkId === id)
        .map(({ reason, words: why, at }) => ({
          ...{ reasonName: complaintReasons[reason], words: why, at: at.toISOString() },
        })),
    };
  });
}

/** Down to the village: the group would tell who wrote it. */
function placeOf({ countyId, townId, villageId }: ContentCheck, { reference: { tree } }: Caller): string {
  const id = villageId ?? townId ?? countyId;
  return id === null ? '' : (tree.grid(id)?.name ?? '');
}

const outcomeNames = { upheld: '已经不再显示', dismissed: '看过了，没有发现问题' } as const;

export const presentComplaint = ({
  id,
  field,
  reason,
  words,
  at,
  outcome,
}: ComplaintRow): z.input<typeof Complaint> => ({
  ...{ id, name: checkedThings[field].name, reasonName: complaintReasons[reason], words, at: at.toISOString() },
  ...{ outcome, outcomeName: outcome === null ? '等人看' : outcomeNames[outcome] },
});
