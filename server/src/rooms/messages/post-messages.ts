import { roleNames, type Role } from '@sandan/shared/access/roles';
import { chinaDate } from '@sandan/shared/china-time';
import { lineOf, placeName } from '../../foundation/access/nodes';
import type { Reaction } from '../../foundation/outbox/outbox';
import { leadersAbove, personName } from '../posts/posts.queries';
import { messageOn, writeMessages } from './write-messages';

interface Words {
  title: string;
  self: (what: Told) => string;
  above: (what: Told) => string;
}
interface Told {
  name: string;
  /** 碧塘村的村级网格长 */
  post: string;
  until: string | null;
  /** It ends on a day to come. */
  isAhead: boolean;
  by: string;
}

const untilWords = (until: string | null): string => (until === null ? '' : `，到 ${until} 为止`);

const told: Readonly<Record<string, Words>> = {
  give: {
    title: '任命',
    self: ({ post, until }) => `您担任${post}${untilWords(until)}。在“我的”里看您的职务。`,
    above: ({ name, post, until, by }) => `${by}任命${name}担任${post}${untilWords(until)}。`,
  },
  end: {
    title: '职务变动',
    self: ({ post, until }) => `您不再担任${post}（${until ?? '即日'}起）。`,
    above: ({ name, post, until, by }) => `${by}登记：${name}不再担任${post}（${until ?? '即日'}起）。`,
  },
  delegate: {
    title: '代理',
    self: ({ post, until, by }) => `${by}请您代理${post}${untilWords(until)}。办的事会记作“您 代 ${by}”。`,
    above: ({ name, post, until, by }) => `${by}外出，由${name}代理${post}${untilWords(until)}。`,
  },
  endDelegation: {
    title: '代理结束',
    self: ({ post, until, isAhead }) =>
      isAhead ? `您代理${post}，到 ${until} 就结束。` : `您代理${post}的事结束了，谢谢您。`,
    above: ({ name, post, until, isAhead }) => `${name}${isAhead ? `到 ${until} 起` : ''}不再代理${post}。`,
  },
};

/** 职务变动: the person, and whoever leads the level above (domain.md §8). */
export const postMessages: Reaction = {
  name: 'messages.posts',
  wants: ({ thing, action }) => thing === 'post' && action in told,
  run: async (db, event, reference) => {
    const words = told[event.action];
    const fact = (name: string): string => String(event.facts?.[name] ?? '');
    const personId = fact('personId');
    const name = await personName(db, personId);
    if (!words || name === null) return;
    const tree = fact('tree') === 'party' ? ('party' as const) : ('grid' as const);
    const node = { tree, nodeId: fact('nodeId') };
    const what = {
      ...{ name, post: `${placeName(reference.tree, node)}的${roleNames[fact('role') as Role]}` },
      until: event.facts?.['until'] ? chinaDate(Date.parse(fact('until'))) : null,
      isAhead: Date.parse(fact('until')) > event.at.getTime(),
      by: event.actorName,
    };
    const above = await leadersAbove(db, tree, lineOf(reference.tree, node).slice(1), event.at);
    const sayings = [[personId, words.self(what)] as const, ...above.map((id) => [id, words.above(what)] as const)];
    await writeMessages(
      db,
      sayings
        .filter(([id]) => id !== event.actorId)
        .map(([id, said]) => messageOn(event, { personId: id, topic: 'system', title: words.title, words: said })),
    );
  },
};
