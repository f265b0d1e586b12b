import type { Complainable } from '../reviews/complain-row';
import type { Commitment } from './commitment';

/** What others wrote on a deed's page; one's own words are left out, and what nobody sees. */
export function complainableIn({
  id,
  title,
  history,
  changes,
  opinions,
  disputes,
  ratings,
}: Commitment): Complainable[] {
  const shown = <Said extends { mine: boolean; held: boolean; words: string | null }>(all: readonly Said[]) =>
    all.filter((said): said is Said & { words: string } => !said.mine && !said.held && said.words !== null);
  return [
    { field: 'commitment.deed', thingId: id, words: title },
    ...shown(opinions).map((said): Complainable => ({
      field: 'commitment.opinion',
      thingId: said.id,
      words: said.words,
    })),
    ...shown(disputes).map((said): Complainable => ({
      field: 'commitment.dispute',
      thingId: said.id,
      words: said.words,
    })),
    ...shown(ratings).map(({ words }): Complainable => ({
      field: 'commitment.rating',
      thingId: id,
      said: words,
      words,
    })),
    ...changes
      .filter(({ held }) => !held)
      .map((change): Complainable => ({ field: 'commitment.change', thingId: change.id, words: change.reason })),
    ...history.flatMap((step): Complainable[] => [
      ...(step.words === null || step.held || isOfChange(step)
        ? []
        : [{ field: 'commitment.step' as const, thingId: step.id, words: step.words }]),
      ...step.photos.map((photo, index): Complainable => ({
        ...{ field: 'commitment.photo', thingId: photo.id, words: `${step.name}的照片 ${index + 1}` },
      })),
    ]),
  ];
}

/** Its reason stands among the changes already. */
const isOfChange = ({ action }: Commitment['history'][number]): boolean => action === 'requestChange';
