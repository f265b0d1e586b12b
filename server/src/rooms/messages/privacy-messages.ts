import type { Role } from '@sandan/shared/access/roles';
import { newId } from '../../foundation/ids';
import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { maskName } from '../../foundation/access/masking';
import { peopleOfHouse } from '../households/household-people.queries';
import { closingSubject, correctionAsker, correctorsOver } from '../privacy/privacy.queries';
import { Message } from './message.entity';

/** 更正: the desk of the village hears that somebody asked, whoever asked hears what came of it. No names, no values. */
const desk: readonly Role[] = ['deskLead', 'gridWorker'];

export const correctionMessages: Reaction = {
  name: 'messages.corrections',
  wants: ({ thing }) => thing === 'correction',
  run: async (db, event, reference) => {
    const rows = event.action === 'ask' ? await forDesk(db, event, reference) : await forAsker(db, event);
    if (rows.length > 0) await db.upsert(Message, rows, ['personId']);
  },
};

const closingWords: Readonly<Record<string, (who: string) => readonly [title: string, words: string]>> = {
  closeAccount: (who) => [
    '有人申请注销账号',
    `${who}申请注销账号，过几天信息就会清除，清除前本人随时可以取消。请问一问是不是本人办的；不是的，请马上请网格员处理。`,
  ],
  erasePerson: (who) => [
    '有人的账号要注销',
    `村里替${who}申请了注销账号，过几天信息就会清除。如有不对，请马上联系村里。`,
  ],
  keepAccount: (who) => ['账号不注销了', `${who}的注销申请取消了，账号照旧。`],
};

/** 注销: whoever lives with him and whoever serves the house hear of it while it can be taken back. */
export const closingMessages: Reaction = {
  name: 'messages.closings',
  wants: ({ thing }) => thing === 'closing',
  run: async (db, event) => {
    const subject = await closingSubject(db, event.aggregateId);
    const say = closingWords[event.action];
    if (!subject?.householdId || !say) return;
    const { familyIds, workerIds } = await peopleOfHouse(db, subject.householdId, event.at);
    const [title, words] = say(maskName(subject.name));
    const to = [...new Set([...familyIds, ...workerIds])].filter((id) => id !== event.actorId);
    const about = { about: 'household' as const, aboutId: subject.householdId };
    await db.upsert(
      Message,
      to.map((personId) => ({ ...row(event, personId, title, words), kind: `closing.${event.action}`, ...about })),
      ['personId'],
    );
  },
};

const row = ({ id, at, action }: DomainEvent, personId: string, title: string, words: string): Partial<Message> => ({
  ...{ id: newId(at), personId, kind: `correction.${action}`, title, words: words.slice(0, 300) },
  ...{ about: null, aboutId: null, eventId: id, at },
});

async function forDesk(db: Db, event: DomainEvent, { tree }: Reference): Promise<Partial<Message>[]> {
  const gridId = event.facts?.['gridId'];
  if (typeof gridId !== 'string') return [];
  const gridIds = tree.grids.filter(
    ({ id, tier }) => tier !== 'town' && tier !== 'county' && tree.isWithin(gridId, id),
  );
  const people = await correctorsOver(db, { gridIds: gridIds.map(({ id }) => id), roles: desk, now: event.at });
  return people
    .filter((personId) => personId !== event.actorId)
    .map((personId) =>
      row(event, personId, '有人申请更正信息', '有住户申请更正登记的信息，请到“工作台 - 更正申请”核对。'),
    );
}

async function forAsker(db: Db, event: DomainEvent): Promise<Partial<Message>[]> {
  const asker = await correctionAsker(db, event.aggregateId);
  if (!asker) return [];
  const [title, done] =
    event.action === 'apply'
      ? ['您的信息改好了', '您申请更正的信息已经改好']
      : ['您的更正申请有答复', '您申请更正的信息没有改'];
  return [row(event, asker.personId, title, `${done}${asker.answer ? `：${asker.answer}` : '。'}`)];
}
