import { z } from 'zod';
import { endpoint } from '../endpoint';
import { PhotoLink } from '../orders/order.schema';
import { Ulid, text } from '../schemas';

/** As long as WeChat's own may be. */
const longestNickname = 20;

const Profile = z
  .object({ nickname: z.string().nullable(), picture: PhotoLink.nullable() })
  .meta({ id: 'Profile', description: '只有本人看得到' });

/** 头像和昵称: as WeChat's own components give them, for oneself alone. Others know a resident by the grid's own records. */
export const profileApi = {
  read: endpoint({
    method: 'get',
    path: '/me/profile',
    permission: 'signedIn',
    summary: '我的头像和昵称',
    reply: Profile,
  }),
  change: endpoint({
    method: 'put',
    path: '/me/profile',
    permission: 'signedIn',
    summary: '换头像和昵称，空着就是不要',
    body: z.object({ nickname: text(longestNickname).nullable(), pictureId: Ulid.nullable() }),
    reply: Profile,
  }),
};
