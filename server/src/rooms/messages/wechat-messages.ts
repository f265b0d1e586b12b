import { revocable, type Revocable } from '@sandan/shared/privacy/revoked.words';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { administratorsOn } from '../posts/posts.queries';
import { messageOn, writeMessages } from './write-messages';

const untilDone = '已经删除；没办完的单子里的，办完就删';
const forgotten: Record<Revocable, (onRoll: boolean) => string> = {
  phone: (onRoll) =>
    onRoll ? '村里登记的号码还留着，用来联系您办事，不再公开；要改请申请更正' : '已经删除，以后办事再请您授权',
  places: () => untilDone,
  pictures: () => untilDone,
  voices: () => untilDone,
  profile: () => '已经删除，要用请在“我的”里重新填',
  others: () => '这里没有留这类信息',
};

/** 收回授权: what became of it, kind by kind. */
export const revocationMessages: Reaction = {
  name: 'messages.revocations',
  wants: ({ thing, action }) => thing === 'person' && action === 'revokeWechat',
  run: async (db, event) => {
    const { revoked, onRoll } = event.facts ?? {};
    const kinds = (Array.isArray(revoked) ? revoked : []) as Revocable[];
    const lines = kinds.map((kind) => `${revocable[kind].name}：${forgotten[kind](onRoll === true)}`);
    const words = `您在微信里收回了授权。${lines.join('。')}。`;
    const said = { personId: event.thingId, topic: 'home' as const, title: '您收回的授权已办好', words };
    await writeMessages(db, [messageOn(event, said)]);
  },
};

/** wechat.md §8, `event_type`. */
const punishments: Readonly<Record<string, string>> = {
  1: '警告',
  2: '限制部分功能',
  3: '下架',
  4: '封禁账号',
  10: '封禁部分页面',
};

/** 微信处罚: the administrators hear of it at once, at any hour. */
export const punishmentMessages: Reaction = {
  name: 'messages.punishments',
  wants: ({ thing, action }) => thing === 'wechat' && action === 'punish',
  run: async (db, event: DomainEvent, { tree }) => {
    const counties = tree.grids.filter(({ tier }) => tier === 'county').map(({ id }) => id);
    const what = punishments[String(event.facts?.['kind'])] ?? '处罚';
    const words = `微信给小程序的处理：${what}。请马上登录微信公众平台，在“通知中心”看原因，按要求整改、申诉。群众可能已经用不了。`;
    const said = { topic: 'system' as const, title: `微信处罚：${what}`, words };
    const administrators = await administratorsOn(db, counties, event.at);
    await writeMessages(
      db,
      administrators.map((personId) => messageOn(event, { personId, ...said })),
    );
  },
};
