import type { RosterKind } from '@sandan/shared/people/roster.words';

/** A sheet has rows, a map has features. */
export const rowNameOf = (kind: RosterKind): '行' | '个' => (kind === 'boundaries' ? '个' : '行');
