import type { AuditKind } from '@sandan/shared/audit/audit.words';

/** Somebody or something that the list is narrowed to, with its name for the chip. */
export interface Narrowed {
  readonly id: string;
  readonly words: string;
}

export interface Filters {
  readonly kind: AuditKind | 'all';
  /** 2026-11-23, or '' */
  readonly from: string;
  readonly to: string;
  readonly person: Narrowed | null;
  readonly thing: Narrowed | null;
}

export const noFilters: Filters = { kind: 'all', from: '', to: '', person: null, thing: null };

/** As the endpoint wants them. */
export const queryOf = ({ kind, from, to, person, thing }: Filters) => ({
  ...(kind === 'all' ? {} : { kind }),
  ...(from === '' ? {} : { from }),
  ...(to === '' ? {} : { to }),
  ...(person ? { personId: person.id } : {}),
  ...(thing ? { thingId: thing.id } : {}),
});

/** 11-01 至 11-22; 11-01 起; null while no day is chosen. */
export function daysWords({ from, to }: Pick<Filters, 'from' | 'to'>): string | null {
  if (from === '' && to === '') return null;
  if (to === '') return `${from} 起`;
  return from === '' ? `${to} 止` : `${from} 至 ${to}`;
}
