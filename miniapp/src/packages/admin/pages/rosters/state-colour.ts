import type { RosterState } from '@sandan/shared/people/roster.words';
import type { Stage } from '../../../../ui/tags';

const colours: Readonly<Record<RosterState, Stage | 'overdue'>> = {
  reading: 'working',
  checking: 'working',
  applying: 'working',
  ready: 'open',
  applied: 'done',
  failed: 'overdue',
  cancelled: 'stopped',
};

export const stateColour = (state: RosterState): Stage | 'overdue' => colours[state];
