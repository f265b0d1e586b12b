import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { uncoveredOf } from '../households/covering.queries';
import { secretariesOfGrids } from '../households/links.queries';
import { writeTold } from './link-messages';

/** What has become of the member, as his secretary reads it. */
const gone: Readonly<Record<string, string>> = {
  'person.away': '有党员要外出 30 天以上',
  'person.disable': '有党员的账号停用了',
  'person.erase': '有党员注销了账号',
  'person.die': '有联系户的党员去世了',
  'household.moveOut': '有联系户的党员搬走了',
  'household.marriageOut': '有联系户的党员搬走了',
};

/** 要有人代联系: the secretaries hear at once whose households find nobody, and open the plan. Counts, no household. */
export const coveringMessages: Reaction = {
  name: 'messages.covering',
  wants: ({ thing, action }) => `${thing}.${action}` in gone,
  run: async (db, event, { tree }) => {
    const counts = new Map<string, number>();
    for (const { gridId, households } of await uncoveredOf(db, peopleOf(event), event.at)) {
      const { village, town } = tree.gridOf(gridId);
      const line = [gridId, village, town].flatMap((id) => id ?? []);
      for (const id of await secretariesOfGrids(db, line, event.at)) counts.set(id, (counts.get(id) ?? 0) + households);
    }
    const why = gone[`${event.thing}.${event.action}`] ?? '';
    await writeTold(
      db,
      event,
      [...counts].map(([id, households]) => [
        ...([
          id,
          'desk',
          '有联系户要人代联系',
          `${why}，${households} 户要另有人联系。打开联户方案看一看，确认一下就好。`,
        ] as const),
        'links',
      ]),
    );
  },
};

function peopleOf({ thing, thingId, facts }: DomainEvent): readonly string[] {
  if (thing === 'person') return [thingId];
  const named = facts?.['personIds'];
  return Array.isArray(named) ? named : [];
}
