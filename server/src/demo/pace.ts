import type { ClockKind } from '@sandan/shared/working-time';
import { clockByUrgency } from '../rooms/orders/order-clocks';
import { wait, type Story } from './story';

/** How long people take, in minutes of the clock that the urgency runs on: [from, to]. */
export type Span = readonly [from: number, to: number];
const spans: Record<ClockKind, Record<'study' | 'claim' | 'contact' | 'verify', Span>> = {
  always: { study: [2, 13], claim: [2, 13], contact: [3, 25], verify: [20, 300] },
  daytime: { study: [8, 110], claim: [8, 110], contact: [10, 220], verify: [20, 300] },
  working: { study: [15, 370], claim: [15, 370], contact: [10, 370], verify: [20, 360] },
};

export const clockOf = ({ record }: Story): ClockKind => clockByUrgency[record.urgency];

export function pass(story: Story, what: keyof (typeof spans)['always'], factor = 1): void {
  const clock = clockOf(story);
  const [from, to] = spans[clock][what];
  wait(story, story.stage.random.between(from, to) * factor, clock);
}
