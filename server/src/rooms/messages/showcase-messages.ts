import type { ShowcaseAction } from '@sandan/shared/commitments/showcase.lifecycle';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { showcasePeople, type ShowcasePeople } from '../commitments/commitments.queries';
import { messageOf } from './commitment-messages';
import { writeMessages } from './write-messages';

interface Told {
  title: string;
  words: (title: string) => string;
  to: (people: ShowcasePeople) => readonly string[];
}

/** 打擂比武: the judges when it begins, whoever signs when it ends, everybody who took part when the result stands. */
const told: Readonly<Partial<Record<ShowcaseAction, Told>>> = {
  start: {
    title: '请您评分',
    words: (title) => `“${title}”开始打分了，请给参赛的党组织一家一家打分，交了就不能改。`,
    to: ({ judgeIds }) => judgeIds,
  },
  finish: {
    title: '请签字定榜',
    words: (title) => `“${title}”打完分了，名次已经算出来，请核对后签字。`,
    to: ({ leaderIds }) => leaderIds,
  },
  sign: {
    title: '擂台定榜了',
    words: (title) => `“${title}”的名次已经签字公布，点开看看。`,
    to: ({ judgeIds, secretaryIds }) => [...judgeIds, ...secretaryIds],
  },
  cancel: {
    title: '打擂取消了',
    words: (title) => `“${title}”取消了，不用再打分，打过的分也不算。`,
    to: ({ judgeIds }) => judgeIds,
  },
};

/** Before it began nobody but the town knew of it. */
const wasQuiet = ({ action, fromState }: DomainEvent): boolean => action === 'cancel' && fromState === 'preparing';

const tellingOf = (action: string): Told | undefined => told[action as ShowcaseAction];

/** 消息 of the showcase: unique by (event, person, kind), so a repeat writes nothing twice. */
export const showcaseMessages: Reaction = {
  name: 'messages.showcases',
  wants: ({ thing, action }) => thing === 'showcase' && tellingOf(action) !== undefined,
  run: async (db, event) => {
    const telling = tellingOf(event.action);
    const people = await showcasePeople(db, event.thingId, event.at);
    if (!telling || !people || wasQuiet(event)) return;
    const receivers = new Set(telling.to(people).filter((id) => id !== event.actorId));
    const words = telling.words(people.title);
    await writeMessages(
      db,
      [...receivers].map((personId) => messageOf(event, personId, telling.title, words)),
    );
  },
};
