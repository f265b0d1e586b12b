import { z } from 'zod';
import { endpoint } from '../endpoint';
import { MaskedPhone } from '../schemas';

const PublishedPhone = z.object({
  /** One's own number, masked; null: none is known. */
  phone: MaskedPhone.nullable(),
  /** Residents see a number of mine and may call it. */
  shown: z.boolean(),
  /** It is the duty number of the post, not one's own. */
  duty: z.boolean(),
});

/** 公开电话: a private number is shown only while its owner agrees (ui.md, Calls). */
export const publishedPhoneApi = {
  read: endpoint({
    method: 'get',
    path: '/me/published-phone',
    permission: 'signedIn',
    summary: '我的电话给不给群众看',
    reply: PublishedPhone,
  }),
  change: endpoint({
    method: 'put',
    path: '/me/published-phone',
    permission: 'phone.publish',
    summary: '同意或不再同意公开自己的电话',
    body: z.object({ shown: z.boolean('请选择') }),
    reply: PublishedPhone,
  }),
};
