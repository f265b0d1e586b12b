import type { ReplyFrom } from '../../lib/endpoints';

export type Sweep = ReplyFrom<'sweeps.read'>;
export type SweepCard = ReplyFrom<'sweeps.list'>['items'][number];
export type Round = ReplyFrom<'sweeps.round'>;
export type Door = Round['targets'][number];
export type Target = ReplyFrom<'sweeps.target'>;
export type TargetCard = ReplyFrom<'sweeps.targets'>['items'][number];
export type SweepQuestion = Sweep['questions'][number];
