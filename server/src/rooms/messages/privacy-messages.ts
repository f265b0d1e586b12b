import type { Role } from '@sandan/shared/access/roles';
import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { maskName } from '../../foundation/access/masking';
import { peopleOfHouse } from '../households/household-people.queries';
import { administratorsOn } from '../posts/posts.queries';
import { closingSubject, correctionAsker, correctorsOver } from '../privacy/privacy.queries';
import { messageOn, writeMessages, type NewMessage } from './write-messages';

/** 更正: the desk of the village hears that somebody asked, whoever asked hears what came of it. No names, no values. */
const desk: readonly Role[] = ['deskLead', 'gridWorker'];

export const correctionMessages: Reaction = {
  name: 'messages.corrections',
  wants: ({ thing }) => thing === 'correction',
  run: async (db, event, reference) => {
    const rows = event.action === 'ask' ? await forDesk(db, event, reference) : await forAsker(db, event);
    await writeMessages(db, rows);
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
  wechatGone: (who) => [
    '有人的微信账号注销了',
    `${who}注销了微信账号，这里的信息过几天也会清除。如果只是换了微信，请本人用新微信登录后核实身份，再请村里取消。`,
  ],
  keepAccount: (who) => ['账号不注销了', `${who}的注销申请取消了，账号照旧。`],
};

/** 注销: whoever lives with him and whoever serves the house hear of it while it can be taken back. */
export const closingMessages: Reaction = {
  name: 'messages.closings',
  wants: ({ thing }) => thing === 'closing',
  run: async (db, event, reference) => {
    const subject = await closingSubject(db, event.aggregateId);
    const say = closingWords[event.action];
    if (!subject || !say) return;
    const [title, words] = say(maskName(subject.name));
    if (Number(event.facts?.['posts']) > 0) await tellPostsHeld(db, event, reference, title);
    if (!subject.householdId) return;
    const { familyIds, workerIds } = await peopleOfHouse(db, subject.householdId, event.at);
    const to = [...new Set([...familyIds, ...workerIds])].filter((id) => id !== event.actorId);
    const about = { about: 'household' as const, aboutId: subject.householdId };
    const topicOf = (personId: string) => (workerIds.includes(personId) ? 'desk' : 'home');
    await writeMessages(
      db,
      to.map((personId) => messageOn(event, { personId, topic: topicOf(personId), title, words, ...about })),
    );
  },
};

/** Nothing is erased while he holds a post: somebody has to end it, or to let him in with a new WeChat. */
async function tellPostsHeld(db: Db, event: DomainEvent, { tree }: Reference, title: string): Promise<void> {
  const counties = tree.grids.filter(({ tier }) => tier === 'county').map(({ id }) => id);
  const words = `有任职的人注销了微信账号，已经退出登录。请到“工作台 - 人员任职”看他的职务：换了微信的，请他用新微信登录后重新核实；不再任职的，请免去，信息才会清除。`;
  const said = { kind: 'closing.postsHeld', topic: 'desk' as const, title, words };
  const administrators = await administratorsOn(db, counties, event.at);
  await writeMessages(
    db,
    administrators.filter((id) => id !== event.actorId).map((personId) => messageOn(event, { personId, ...said })),
  );
}

async function forDesk(db: Db, event: DomainEvent, { tree }: Reference): Promise<NewMessage[]> {
  const gridId = event.facts?.['gridId'];
  if (typeof gridId !== 'string') return [];
  const gridIds = tree.grids.filter(
    ({ id, tier }) => tier !== 'town' && tier !== 'county' && tree.isWithin(gridId, id),
  );
  const people = await correctorsOver(db, { gridIds: gridIds.map(({ id }) => id), roles: desk, now: event.at });
  const said = { title: '有人申请更正信息', words: '有住户申请更正登记的信息，请到“工作台 - 更正申请”核对。' };
  return people
    .filter((personId) => personId !== event.actorId)
    .map((personId) => messageOn(event, { personId, topic: 'desk', ...said }));
}

async function forAsker(db: Db, event: DomainEvent): Promise<NewMessage[]> {
  const asker = await correctionAsker(db, event.aggregateId);
  if (!asker) return [];
  const [title, done] =
    event.action === 'apply'
      ? ['您的信息改好了', '您申请更正的信息已经改好']
      : ['您的更正申请有答复', '您申请更正的信息没有改'];
  const words = `${done}${asker.answer ? `：${asker.answer}` : '。'}`;
  return [messageOn(event, { personId: asker.personId, topic: 'home', title, words })];
}
