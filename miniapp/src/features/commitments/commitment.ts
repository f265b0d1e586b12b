import type { ReplyFrom } from '../../lib/endpoints';

/** A deed with everything that stands beside it, as the server lets this person see it. */
export type Commitment = ReplyFrom<'commitments.read'>;
export type ListedCommitment = ReplyFrom<'commitments.list'>['items'][number];
/** What a list, a detail and the town's list of what blocks closing have in common. */
export type CommitmentCardItem = Omit<ListedCommitment, 'pair'>;
export type Content = Commitment['versions'][number]['content'];
export type Round = ReplyFrom<'rounds.list'>['items'][number];
export type Counts = ReplyFrom<'rounds.read'>['counts'];
