import type { ReplyFrom } from '../../lib/endpoints';

export type Showcase = ReplyFrom<'showcases.read'>;
export type ShowcaseCard = ReplyFrom<'showcases.list'>['items'][number];
