import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { bindingPeople, type BindingPeople } from '../people/binding-people.queries';
import { messageOn, writeMessages, type NewMessage } from './write-messages';

interface Told {
  to: readonly string[];
  title: string;
  words: string;
  /** What it opens; left out: the requests. */
  opens?: string | null;
}

const unboundIds = ({ facts }: DomainEvent): readonly string[] =>
  Array.isArray(facts?.['unboundIds']) ? facts['unboundIds'] : [];
const said = ({ words }: DomainEvent): string => (words ? `：${words}` : '。');

const toDecide = (people: BindingPeople): Told => ({
  to: people.deciderIds.length > 0 ? people.deciderIds : people.workerIds,
  title: people.kind === 'rebind' ? '有人换了手机或微信' : '有人等您同意绑定',
  words: '请核对是不是本人，再同意或不通过。',
});

/** 家里人 who are in the app: one of them may say yes or no. Whose name was said stands nowhere. */
const toFamily = ({ kind, familyIds, householdId }: BindingPeople): Told => ({
  to: familyIds,
  title: '有人说是您家里人',
  words: `有位新邻居${kind === 'doorCode' ? '扫了您家的门牌码' : '报了您家的户主和门牌'}。认识就点“是家里人”，不认识就点“不认识”。`,
  opens: householdId,
});

/** 有争议: whoever is bound and whoever says he is him both hear of it, neither sees anything of the other. */
const toBothSides = ({ claimantId, targetId, isDoubted, familyIds }: BindingPeople): Told => ({
  to: [claimantId, ...(targetId ? [targetId] : []), ...(isDoubted ? familyIds : [])],
  title: '身份要再核实一次',
  words: isDoubted
    ? '是不是家里人说法不一样，网格员和驻村干部会联系核实，结果会告诉您。'
    : '有两个微信说是同一个人，网格员和驻村干部会联系核实，结果会告诉您。',
});

function asked(event: DomainEvent, people: BindingPeople): Told[] {
  if (event.toState === 'waitingAbove') return [toDecide(people)];
  const both = people.kind === 'disputed' ? [toBothSides(people)] : [];
  if (people.kind === 'rebind') return [toDecide(people)];
  return [
    { to: people.workerIds, title: '有人等您核实', words: '有位新邻居说是村里人，请核实他是哪一户的谁。' },
    ...(['said', 'doorCode'].includes(people.kind) ? [toFamily(people)] : []),
    ...both,
  ];
}

/** Bound: the person, the family that is in the app, the worker who serves the house, and the phone that was bound before. */
function bound(event: DomainEvent, people: BindingPeople): Told[] {
  return [
    { to: [people.claimantId], title: '绑定好了', words: '您已经和村里的花名册对上了，点单、看进展更方便。' },
    {
      to: people.familyIds,
      title: '家里有人绑定了',
      words: '您家又有一位家人绑定了微信。如果不是家里人，请马上告诉网格员。',
    },
    {
      to: people.workerIds,
      title: '有一户绑定了',
      words:
        event.action === 'vouch'
          ? '有一位村民由家里人在手机上认定，绑定了微信。如有不对，请到户里核实。'
          : '有一位村民绑定了微信，如有不对，请到户里核实。',
    },
    {
      to: unboundIds(event),
      title: '这个微信已解除绑定',
      words: '本人换了手机或微信，经村里核实已改绑。如果不是您本人办的，请马上联系村里。',
    },
  ];
}

const told: Readonly<Record<string, (event: DomainEvent, people: BindingPeople) => Told[]>> = {
  bind: bound,
  ask: asked,
  confirm: (event, people) => {
    if (event.toState === 'bound') return bound(event, people);
    return [toDecide(people), ...(people.kind === 'disputed' ? [toBothSides(people)] : [])];
  },
  vouch: (event, people) => (event.toState === 'bound' ? bound(event, people) : [toDecide(people)]),
  doubt: (_, people) => [
    {
      to: people.workerIds,
      title: '家里人说不认识',
      words: '有人说是一户的家里人，家里人说不认识他。请先核实，再决定通不通过。',
    },
  ],
  approve: (event, people) => (event.toState === 'bound' ? bound(event, people) : [toDecide(people)]),
  refuse: (event, people) => [
    { to: [people.claimantId], title: '这次没有对上', words: `${event.actorName}没有通过绑定${said(event)}` },
  ],
};

/** 消息 about who is who: no name of the roster and no address stands in them (domain.md §6). */
export const bindingMessages: Reaction = {
  name: 'messages.bindings',
  wants: ({ thing, action }) => thing === 'binding' && action in told,
  run: async (db: Db, event) => {
    const people = await bindingPeople(db, event.thingId, event.at);
    const telling = told[event.action];
    if (!people || !telling) return;
    const rows = telling(event, people).flatMap((each) =>
      each.to
        .filter((personId) => personId !== event.actorId || personId === people.claimantId)
        .map((personId) => messageTo(event, personId, people, each)),
    );
    await writeMessages(db, rows);
  },
};

function messageTo(
  event: DomainEvent,
  personId: string,
  { workerIds, deciderIds }: BindingPeople,
  { title, words, opens }: Told,
): NewMessage {
  const topic = [...workerIds, ...deciderIds].includes(personId) ? 'desk' : 'home';
  const about = opens ? ('household' as const) : ('binding' as const);
  return messageOn(event, { personId, topic, title, words, about, aboutId: opens ?? event.thingId });
}
