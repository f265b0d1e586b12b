import type { Reaction } from '../../foundation/outbox/outbox';
import { peopleOfHouse } from '../households/household-people.queries';
import { messageOn, writeMessages } from './write-messages';

const words: Readonly<Record<string, readonly [title: string, words: string]>> = {
  ask: ['有人想照看您家', '有家里人请求在手机上照看这一户：看进展、帮着点单。请您说同意或不同意。'],
  agree: ['可以照看了', '家里同意了。您可以看这一户的单子，也可以替家里点单。'],
  refuse: ['这次没有同意', '家里没有同意照看，可以先打电话问问家里人。'],
  end: ['照看结束了', '这一户的照看已经结束，有需要可以再申请。'],
};

/** 照看: the family and its worker are asked, whoever asked hears the answer; the end both hear. */
export const careMessages: Reaction = {
  name: 'messages.care',
  wants: ({ thing, action }) => thing === 'care' && action in words,
  run: async (db, event) => {
    const said = words[event.action];
    const carerId = event.facts?.['carerId'];
    if (!said || typeof carerId !== 'string') return;
    const { familyIds, workerIds } = await peopleOfHouse(db, event.thingId, event.at);
    const house = [...familyIds, ...workerIds];
    const to = { ask: house, agree: [carerId], refuse: [carerId], end: [carerId, ...familyIds] }[event.action] ?? [];
    const receivers = [...new Set(to)].filter((id) => id !== event.actorId);
    const [title, sentence] = said;
    const opens = { about: 'household' as const, aboutId: event.thingId };
    const topicOf = (personId: string) => (workerIds.includes(personId) ? 'desk' : 'home');
    await writeMessages(
      db,
      receivers.map((personId) =>
        messageOn(event, { personId, topic: topicOf(personId), title, words: sentence, ...opens }),
      ),
    );
  },
};
