import { z } from 'zod';
import { noteChoice, switchedOff } from '../../foundation/subscribe/credit';
import { templateByNumber } from '../../foundation/subscribe/templates';
import type { Db } from '../../foundation/database/connect';
import type { PushHandler, PushScope, WechatPush } from '../../foundation/world/wechat/push-handler';
import { confirmMessage } from '../../foundation/subscribe/confirm';

/** Whoever has no account here has never been in the app: what is told of him is of no use. */
async function isKnown(db: Db, openid: string): Promise<boolean> {
  const [row] = await db.query<{ openid: string }>('SELECT openid FROM wechat_account WHERE openid = ?', [openid]);
  return row !== undefined;
}

/** Items that are no longer, or not yet, as wechat.md §5.5 says are left out: a push must not come again for ever. */
function itemsOf<Item>({ fields }: WechatPush, shape: z.ZodType<Item>): Item[] {
  const list = Array.isArray(fields['List']) ? (fields['List'] as unknown[]) : [];
  return list.flatMap((item) => {
    const read = shape.safeParse(item);
    return read.success ? [read.data] : [];
  });
}

const each =
  <Item extends { TemplateId: string }>(
    shape: z.ZodType<Item>,
    take: (db: Db, item: Item, push: WechatPush) => Promise<void>,
  ) =>
  async ({ db }: PushScope, push: WechatPush): Promise<void> => {
    if (!(await isKnown(db, push.openid))) return;
    for (const item of itemsOf(push, shape)) await take(db, item, push);
  };

const TemplateId = z.string().min(1).max(64);
const Popup = z.object({ TemplateId, SubscribeStatusString: z.enum(['accept', 'reject']) });
const Change = z.object({ TemplateId, SubscribeStatusString: z.literal('reject') });
/** Numbers come as text in JSON. */
const Sent = z.object({ TemplateId, ErrorCode: z.coerce.number().int() });

/** What WeChat tells of itself about subscriptions (wechat.md §5.5): in any order, and beside what the app tells. */
export const subscriptionPushes: readonly PushHandler[] = [
  {
    event: 'subscribe_msg_popup_event',
    run: each(Popup, async (db, { TemplateId: number, SubscribeStatusString: choice }, { openid, at }) => {
      const template = await templateByNumber(db, number);
      if (template) await noteChoice(db, { openid, template, choice, at, by: 'push' });
    }),
  },
  {
    event: 'subscribe_msg_change_event',
    run: each(Change, (db, { TemplateId: templateId }, { openid, at }) => switchedOff(db, { openid, templateId, at })),
  },
  {
    event: 'subscribe_msg_sent_event',
    run: each(Sent, (db, { TemplateId: templateId, ErrorCode: errcode }, { openid, at }) =>
      confirmMessage(db, { openid, templateId, errcode, at }),
    ),
  },
];
