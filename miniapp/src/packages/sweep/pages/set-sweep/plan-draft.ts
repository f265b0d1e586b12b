import { sweepTemplates, type SweepTemplateCode } from '@sandan/shared/sweeps/sweep-templates';
import type { HouseholdFlagName } from '@sandan/shared/households/household.words';
import type { SelectionKind, SweepKind } from '@sandan/shared/sweeps/sweep.words';
import type { Sweep, SweepQuestion } from '../../../../features/sweeps/sweep';
import { dateAfter, instantOf } from '../../../../lib/china-instant';
import type { SentTo } from '../../../../lib/endpoints';
import { newId } from '../../../../lib/ids';
import { said } from '../../../../lib/said';
import type { DayAndTime } from '../../../../ui/date-fields';

export interface PlaceDraft {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly capacity: string;
  readonly keeper: string;
  readonly dutyPhone: string;
}

/** A sweep as it is being planned; what was typed as it was typed. */
export interface PlanDraft {
  readonly template: SweepTemplateCode | null;
  readonly kind: SweepKind;
  readonly title: string;
  readonly purpose: string;
  readonly orderedBy: string;
  readonly gridId: string | null;
  readonly by: SelectionKind;
  readonly flags: readonly HouseholdFlagName[];
  readonly codes: string;
  /** Households that were picked one by one. */
  readonly picked: readonly string[];
  readonly namesPeople: boolean;
  readonly questions: readonly SweepQuestion[];
  readonly places: readonly PlaceDraft[];
  readonly until: DayAndTime;
}

export const newPlace = (): PlaceDraft => ({
  ...{ id: newId(), name: '', address: '', capacity: '', keeper: '', dutyPhone: '' },
});

export const newPlan = (now: number): PlanDraft => ({
  ...{ template: null, kind: 'check', title: '', purpose: '', orderedBy: '', gridId: null, by: 'all', flags: [] },
  ...{
    codes: '',
    picked: [],
    namesPeople: false,
    questions: [],
    places: [],
    until: { date: dateAfter(now, 3), time: '18:00' },
  },
});

/** A template is a start: everything of it may be changed. */
export function fromTemplate(code: SweepTemplateCode): Partial<PlanDraft> {
  const { kind, name, purpose, namesPeople, questions } = sweepTemplates[code];
  const places = kind === 'rollCall' ? [newPlace()] : [];
  return {
    template: code,
    kind,
    title: name,
    purpose,
    namesPeople,
    questions: [...questions] as SweepQuestion[],
    places,
  };
}

export function planOf(sweep: Sweep): PlanDraft {
  const at = Date.parse(sweep.deadline);
  const minutes = new Date(at + 8 * 60 * 60_000).toISOString().slice(11, 16);
  return {
    ...{ template: null, kind: sweep.kind, title: sweep.title, purpose: sweep.purpose, orderedBy: sweep.orderedBy },
    ...{ gridId: sweep.gridId, by: sweep.selection.by, flags: sweep.selection.flags ?? [], codes: '' },
    picked: sweep.selection.householdIds,
    ...{ namesPeople: sweep.namesPeople, questions: sweep.questions, until: { date: dateAfter(at, 0), time: minutes } },
    places: sweep.places.map(({ keeper = '', dutyPhone = '', capacity, ...place }) => ({
      ...{ ...place, keeper, dutyPhone, capacity: String(capacity) },
    })),
  };
}

type Body = NonNullable<SentTo<'sweeps.set'>['body']>;

export const codesOf = ({ codes }: PlanDraft): string[] => codes.split(/[\s,，、;；]+/).filter(Boolean);

export function selectionOf(plan: PlanDraft): Body['selection'] {
  if (plan.by === 'flags') return { by: 'flags', flags: [...plan.flags] };
  return plan.by === 'list' ? { by: 'list', codes: codesOf(plan), householdIds: [...plan.picked] } : { by: 'all' };
}

/** What is left out goes as it is: the server says at the field what is missing. */
export const planBody = (plan: PlanDraft): Body => ({
  ...{ kind: plan.kind, title: plan.title, purpose: plan.purpose, orderedBy: plan.orderedBy },
  ...{ gridId: plan.gridId ?? '', selection: selectionOf(plan), namesPeople: plan.namesPeople },
  questions: plan.questions.map((question) => ({ ...question })),
  places: plan.places.map(({ id, name, address, capacity, keeper, dutyPhone }) => ({
    ...{ id, name, address, capacity: /^\d+$/.test(capacity.trim()) ? Number(capacity) : -1 },
    ...{ ...said('keeper', keeper), ...said('dutyPhone', dutyPhone) },
  })),
  deadline: instantOf(plan.until.date, plan.until.time) ?? '',
});
