import type { ReplyFrom } from '../../lib/endpoints';

/** A deed with everything that stands beside it, as the server lets this person see it. */
export type Commitment = ReplyFrom<'commitments.read'>;
export type CommitmentCardItem = ReplyFrom<'commitments.list'>['items'][number];
export type Content = Commitment['versions'][number]['content'];
export type Round = ReplyFrom<'rounds.list'>['items'][number];
export type Counts = ReplyFrom<'rounds.read'>['counts'];
