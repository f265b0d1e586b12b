import type { ActivityAudience, ActivityKind } from '@sandan/shared/activities/activity.words';
import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import { instantOf } from '../../../../lib/china-instant';
import type { SentTo } from '../../../../lib/endpoints';
import type { Me } from '../../../../lib/session';
import type { DayAndTime } from '../../../../ui/date-fields';
import type { Activity } from '../../activity-row';
import { partsOf } from '../../day-and-time';

/** Everything that is asked, as it is typed. */
export interface ActivityFields {
  readonly kind: ActivityKind | null;
  readonly audience: ActivityAudience;
  readonly title: string;
  readonly words: string;
  readonly place: string;
  readonly grid: ChosenGrid | null;
  readonly starts: DayAndTime;
  readonly ends: DayAndTime;
  readonly places: string;
}

const unsaid: DayAndTime = { date: '', time: '' };

/** In the village or town that one serves, unless another grid is chosen. */
export function newFields({ roles }: Pick<Me, 'roles'>): ActivityFields {
  const at = roles.find(({ gridId, tier }) => gridId !== null && (tier === 'village' || tier === 'town'));
  return {
    ...{ kind: null, audience: 'everyone', title: '', words: '', place: '', starts: unsaid, ends: unsaid, places: '' },
    grid: at?.gridId ? { gridId: at.gridId, words: at.nodeName } : null,
  };
}

export const fieldsOf = (activity: Activity): ActivityFields => ({
  ...{ kind: activity.kind, audience: activity.audience, title: activity.title, words: activity.words },
  ...{ place: activity.place, grid: { gridId: activity.gridId, words: activity.gridName } },
  ...{ starts: partsOf(activity.startsAt), ends: partsOf(activity.endsAt) },
  places: activity.places === null ? '' : String(activity.places),
});

/** What is sent; null while something is missing. */
export function bodyOf(fields: ActivityFields, version: number): NonNullable<SentTo<'activities.save'>['body']> | null {
  const { kind, audience, grid } = fields;
  const [startsAt, endsAt] = [
    instantOf(fields.starts.date, fields.starts.time),
    instantOf(fields.ends.date, fields.ends.time),
  ];
  const [title, words, place] = [fields.title.trim(), fields.words.trim(), fields.place.trim()];
  if (kind === null || grid === null || startsAt === null || endsAt === null) return null;
  if (title === '' || words === '' || place === '') return null;
  const places = fields.places.trim() === '' ? null : Number(fields.places);
  return { version, gridId: grid.gridId, kind, audience, title, words, place, startsAt, endsAt, places };
}
