import type { ReplyFrom } from '../../lib/endpoints';

export type Household = ReplyFrom<'households.read'>;
export type Member = Household['people'][number];
