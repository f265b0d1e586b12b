import type { SweepAction } from '@sandan/shared/sweeps/sweep.lifecycle';
import { chinaDate } from '@sandan/shared/china-time';
import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { holdersOf, remindedBy, sweepTold, type SweepRecord } from '../sweeps/sweeps.queries';
import { messageOn, writeMessages } from './write-messages';

interface Told {
  personId: string;
  title: string;
  words: string;
  /** The list of doors on the phone, or the desk's progress. */
  about: 'mySweep' | 'sweep';
}
type Tell = (db: Db, sweep: SweepRecord, event: DomainEvent) => Promise<Told[]>;

const until = ({ deadline }: SweepRecord): string => {
  const [, month, day] = chinaDate(deadline.getTime()).split('-').map(Number);
  return `${month} 月 ${day} 日`;
};
const said = ({ words }: DomainEvent): string => (words ? `：${words}` : '。');

/** 开始, 改派: to whoever has doors, at once; a roll-call for evacuation says so first. */
const toHolders = async (db: Db, sweep: SweepRecord, only?: readonly string[]): Promise<Told[]> =>
  (await holdersOf(db, sweep.id, only ? { only } : {})).map(({ personId, todo }) => ({
    ...{ personId, about: 'mySweep' as const },
    title: sweep.kind === 'rollCall' ? '马上转移点名' : '有住户请您去排查',
    words: `“${sweep.title}”有 ${todo} 户请您去，${until(sweep)}前做完。先打开一次，没有网络也能记。`,
  }));

const behind = async (db: Db, sweep: SweepRecord, title: string): Promise<Told[]> =>
  (await holdersOf(db, sweep.id))
    .filter(({ todo }) => todo > 0)
    .map(({ personId, todo }) => ({
      ...{ personId, title, about: 'mySweep' as const },
      words: `“${sweep.title}”您还有 ${todo} 户没去，${until(sweep)}到期。`,
    }));

const ended = async (db: Db, sweep: SweepRecord, title: string, words: string): Promise<Told[]> =>
  (await holdersOf(db, sweep.id)).map(({ personId }) => ({ personId, title, words, about: 'mySweep' as const }));

const summary = async (db: Db, { id, title, setById }: SweepRecord, head: string): Promise<Told> => {
  const all = await holdersOf(db, id);
  const [households, todo] = [sum(all.map((each) => each.households)), sum(all.map((each) => each.todo))];
  const words = `“${title}”派出 ${households} 户，查了 ${households - todo} 户，还有 ${todo} 户没查。`;
  return { personId: setById, title: head, words, about: 'sweep' };
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const tellings: Readonly<Partial<Record<SweepAction, Tell>>> = {
  start: (db, sweep) => toHolders(db, sweep),
  split: (db, sweep, { facts }) => toHolders(db, sweep, Array.isArray(facts?.['holderIds']) ? facts['holderIds'] : []),
  reopen: (db, sweep) => behind(db, sweep, '排查又打开了'),
  extend: (db, sweep) => behind(db, sweep, '排查延期了'),
  remind: async (db, sweep, { id }) =>
    (await remindedBy(db, id)).map(({ personId, missing }) => ({
      ...{ personId, title: '提醒您去排查', about: 'mySweep' as const },
      words: `“${sweep.title}”您还有 ${missing} 户没去，${until(sweep)}到期。`,
    })),
  close: async (db, sweep) => [
    ...(await ended(db, sweep, '排查结束了', `“${sweep.title}”结束了，辛苦您。`)),
    await summary(db, sweep, '排查结束了'),
  ],
  cancel: (db, sweep, event) => ended(db, sweep, '排查取消了', `“${sweep.title}”不用去了${said(event)}`),
};

const clocks: Readonly<Record<string, Tell>> = {
  dueSoon: (db, sweep) => behind(db, sweep, '排查快到期了'),
  ended: async (db, sweep) => [...(await behind(db, sweep, '排查到期了')), await summary(db, sweep, '排查到期了')],
};

const tellingOf = ({ thing, action }: Pick<DomainEvent, 'thing' | 'action'>): Tell | undefined => {
  if (thing === 'sweepClock') return clocks[action];
  return thing === 'sweep' ? tellings[action as SweepAction] : undefined;
};

/** 消息 of sweeps: unique by (event, person, kind), so a repeat writes nothing twice. */
export const sweepMessages: Reaction = {
  name: 'messages.sweeps',
  wants: (event) => tellingOf(event) !== undefined,
  run: async (db, event) => {
    const sweep = await sweepTold(db, event.thingId);
    if (!sweep) return;
    const told = (await tellingOf(event)?.(db, sweep, event)) ?? [];
    const byPerson = new Map(told.map((each) => [each.personId, each]));
    const receivers = [...byPerson.values()].filter(({ personId }) => personId !== event.actorId);
    const rows = receivers.map(({ about, ...told }) =>
      messageOn(event, {
        ...{ ...told, about, aboutId: event.thingId },
        topic: about === 'sweep' ? 'desk' : 'tasks',
      }),
    );
    await writeMessages(db, rows);
  },
};
