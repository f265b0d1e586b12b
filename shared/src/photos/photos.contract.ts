import { z } from 'zod';
import { endpoint, file, upload } from '../endpoint';
import { PhotoLink, VoiceLink } from '../orders/order.schema';
import { Ulid } from '../schemas';

export const photoBytes = 10 * 1024 * 1024;
export const voiceBytes = 2 * 1024 * 1024;

const PhotoId = z.object({ photoId: Ulid });
const VoiceId = z.object({ voiceId: Ulid });
const Signed = z.object({
  size: z.enum(['thumb', 'full']).default('full'),
  /** Given to whoever sees it while it is held back from others. */
  held: z.literal('1').optional(),
  until: z.string().max(20),
  key: z.string().max(20),
  sig: z.string().max(100),
});
const uploadPhoto = {
  path: '/photos/:photoId',
  permission: 'photo.upload',
  params: PhotoId,
  body: upload('photo', photoBytes),
  reply: PhotoLink,
} as const;
const uploadVoice = {
  path: '/voices/:voiceId',
  permission: 'voice.upload',
  params: VoiceId,
  body: upload('voice', voiceBytes),
  reply: VoiceLink,
} as const;

export const photosApi = {
  put: endpoint({ method: 'put', summary: '传照片（原始内容）', ...uploadPhoto }),
  post: endpoint({ method: 'post', summary: '传照片（wx.uploadFile 的 multipart）', ...uploadPhoto }),
  read: endpoint({
    method: 'get',
    path: '/photos/:photoId',
    permission: 'anyone',
    summary: '看照片（带签名、会过期的地址）',
    params: PhotoId,
    query: Signed,
    reply: file({ noList: '一张照片' }, 'image/jpeg'),
  }),
  putVoice: endpoint({ method: 'put', summary: '传录音（原始内容）', ...uploadVoice }),
  postVoice: endpoint({ method: 'post', summary: '传录音（wx.uploadFile 的 multipart）', ...uploadVoice }),
  readVoice: endpoint({
    method: 'get',
    path: '/voices/:voiceId',
    permission: 'anyone',
    summary: '听录音（带签名、会过期的地址）',
    params: VoiceId,
    query: Signed.omit({ size: true }),
    reply: file({ noList: '一段录音' }, 'audio/mpeg', 'audio/aac', 'audio/mp4', 'audio/wav'),
  }),
};
