import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { Gauges } from '../../foundation/http/service-gauges';
import type { PushHandler } from '../../foundation/world/wechat/push-handler';
import { failedPushes } from './failed-pushes';
import { punishmentsSince } from './wechat-state.queries';

export const punishmentEvent = 'wxa_punish_event';

/** 微信对小程序的处罚 (wechat.md §8): a row that the administrators are told of. WeChat's own words are read in its console. */
export const punished: PushHandler = {
  event: punishmentEvent,
  run: async ({ db, now: at }, { fields }) => {
    const given = fields['event_type'];
    const kind = typeof given === 'string' || typeof given === 'number' ? String(given).slice(0, 10) : 'unknown';
    const id = newId(at);
    await db.insert(History, [
      {
        ...{ id, thing: 'wechat', thingId: id, aggregateId: id, seq: 1, townId: null, action: 'punish', at },
        ...{ actorId: null, actorName: '微信', actorRole: 'system', onBehalfId: null, fromState: null, toState: null },
        ...{ words: null, facts: { kind }, fannedOutAt: null },
      },
    ]);
  },
};

/** A week of alarm: nobody may overlook it, and an old one does not cry for ever. */
export const alarmFor = 7 * 24 * 60 * 60_000;

export const wechatGauges: Gauges = {
  help: {
    sandan_wechat_pushes_waiting:
      'Pushes of WeChat that failed in our hands and are not done yet: more than 0 is an alarm',
    sandan_wechat_punishments: 'Punishments of the mini-program by WeChat within a week: more than 0 is an alarm',
  },
  read: async ({ database, clock }) => {
    const count = await punishmentsSince(database.reading, new Date(clock.now() - alarmFor));
    const { count: waiting } = await failedPushes(database.reading);
    return [
      { name: 'sandan_wechat_punishments', value: count },
      { name: 'sandan_wechat_pushes_waiting', value: waiting },
    ];
  },
};
