import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Instant, Ulid } from '../schemas';

/** What the picture on the computer leads to; `me-` tells it from the codes that sign a computer in. */
const ConnectionCode = z.object({ code: z.string().regex(/^me-[\w-]{22}$/, '二维码不对') });
const state = z.enum(['waiting', 'confirmed', 'done', 'refused', 'expired']);

/** For the phone: whose account it would become, and which computer asks. */
const AskedFor = z
  .object({
    state,
    /** 青禾县管理员，孙*明 */
    name: z.string(),
    post: z.string(),
    browser: z.string(),
    network: z.string(),
    askedAt: Instant,
    /** Four digits to be typed at the computer; null until this phone has said yes. */
    check: z.string().nullable(),
  })
  .meta({ id: 'PhoneConnectionAsked' });

/** 连接手机: whoever was let in at a computer makes a WeChat account his own, both being in his hands. */
export const connectionsApi = {
  ask: endpoint({
    method: 'post',
    path: '/me/phone-connections',
    permission: 'signedIn',
    summary: '连接我的手机：在电脑上要一个两分钟内有效的二维码',
    secondFactor: true,
    body: z.object({}),
    reply: z
      .object({ connectionId: Ulid, image: z.string(), address: z.string(), expiresAt: Instant })
      .meta({ id: 'PhoneConnection' }),
  }),
  standing: endpoint({
    method: 'get',
    path: '/me/phone-connections/:connectionId',
    permission: 'signedIn',
    summary: '连接我的手机：手机上确认了没有',
    params: z.object({ connectionId: Ulid }),
    reply: z.object({ state, expiresAt: Instant }),
  }),
  finish: endpoint({
    method: 'post',
    path: '/me/phone-connections/:connectionId/finish',
    permission: 'signedIn',
    summary: '连接我的手机：填手机上显示的四位数字，连上',
    secondFactor: true,
    params: z.object({ connectionId: Ulid }),
    body: ActionId.extend({
      check: z
        .string('请填手机上显示的四位数字')
        .trim()
        .regex(/^\d{4}$/, '请填手机上显示的四位数字'),
    }),
    reply: z.object({ state }),
  }),
  look: endpoint({
    method: 'get',
    path: '/phone-connections/:code',
    permission: 'signedIn',
    summary: '扫到的二维码：这部手机要连到谁的账号',
    params: ConnectionCode,
    reply: AskedFor,
  }),
  confirm: endpoint({
    method: 'post',
    path: '/phone-connections/:code/confirm',
    permission: 'signedIn',
    summary: '是我，连到这部手机；得到四位数字',
    params: ConnectionCode,
    body: ActionId,
    reply: AskedFor,
  }),
  refuse: endpoint({
    method: 'post',
    path: '/phone-connections/:code/refuse',
    permission: 'signedIn',
    summary: '不是我，不连',
    params: ConnectionCode,
    body: ActionId,
    reply: AskedFor,
  }),
};
