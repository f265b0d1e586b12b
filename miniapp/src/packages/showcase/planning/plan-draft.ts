import { numberOf } from '../../../features/commitments/number-of';
import type { Showcase } from '../../../features/commitments/showcase';

/** A showcase as it is being planned; what was typed as it was typed. */
export interface PlanDraft {
  readonly title: string;
  /** 2027-02-26, or '' */
  readonly heldOn: string;
  readonly criteria: readonly { readonly name: string; readonly weight: string }[];
  readonly residentShare: string;
  readonly contestantIds: readonly string[];
  readonly judges: readonly { readonly personId: string; readonly name: string }[];
}

/** What towns judge by, until they say otherwise. */
const usualCriteria = [
  { name: '承诺兑现', weight: '40' },
  { name: '群众受益', weight: '30' },
  { name: '现场讲述', weight: '30' },
];
const usualShare = '30';

export const newPlan = (year: number): PlanDraft => ({
  ...{ title: `${year} 年度支部书记打擂比武`, heldOn: '', criteria: usualCriteria, residentShare: usualShare },
  ...{ contestantIds: [], judges: [] },
});

export const planOf = ({ title, heldOn, criteria, residentShare, contestants, judges }: Showcase): PlanDraft => ({
  ...{ title, heldOn, residentShare: String(residentShare) },
  criteria: criteria.map(({ name, weight }) => ({ name, weight: String(weight) })),
  contestantIds: contestants.map(({ organizationId }) => organizationId),
  judges: judges.map(({ personId, name }) => ({ personId, name })),
});

/** What is no number goes as −1: the server says at the field what is wrong with it. */
const sentNumber = (typed: string): number => numberOf(typed) ?? -1;

export const planBody = ({ title, heldOn, criteria, residentShare, contestantIds, judges }: PlanDraft) => ({
  ...{ title, heldOn, residentShare: sentNumber(residentShare), contestantIds: [...contestantIds] },
  criteria: criteria.map(({ name, weight }) => ({ name, weight: sentNumber(weight) })),
  judgeIds: judges.map(({ personId }) => personId),
});

/** 90 of 100, while the weights are being typed; null where one is no number. The server has the last word. */
export function weightWords(criteria: PlanDraft['criteria']): string {
  const weights = criteria.map(({ weight }) => numberOf(weight));
  if (weights.some((weight) => weight === null)) return '比重填整数，加起来要等于 100';
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return sum === 100 ? '加起来正好 100' : `现在加起来是 ${sum}，要等于 100`;
}

/** The errors of a field and of what is in it: `criteria`, `criteria.1.weight`. */
export function errorAt(fields: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  const key = Object.keys(fields ?? {}).find((each) => each === name || each.startsWith(`${name}.`));
  return key === undefined ? undefined : fields?.[key];
}
