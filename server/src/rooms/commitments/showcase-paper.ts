import type { Place } from '@sandan/shared/commitments/showcase-result';
import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import { judgesToDrop } from '@sandan/shared/commitments/showcase-result';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { tableOf, type Field, type Paper } from '../../foundation/documents/paper';
import { dayWords } from '../../foundation/documents/exported-by';
import type { ShowcaseRecord } from './showcases.queries';

export const showcaseTitle = ({ title }: Pick<ShowcaseRecord, 'title'>): string => `${title}成绩单`;

type Signed = ShowcaseRecord & { results: readonly Place[]; signedBy: string; signedAt: Date };

/** Before two people stand for it there is no result to hand out. Throws `paper.not-signed`. */
export function mustBeSigned(record: ShowcaseRecord): Signed {
  const { state, results, signedBy, signedAt } = record;
  if (state !== 'signed' || results === null || signedBy === null || signedAt === null) {
    throw new Problem('paper.not-signed');
  }
  return { ...record, results, signedBy, signedAt };
}

const nameOf = (organizationId: string, { reference }: Caller): string =>
  reference.tree.organization(organizationId)?.name ?? '';

/** To hundredths, as the places are told apart. */
const mark = { width: 8, decimals: 2 } as const;
const placeFields: readonly Field<[place: Place, caller: Caller]>[] = [
  { title: '名次', width: 5, bold: true, cell: ({ place }) => place },
  { title: '党组织', width: 20, bold: true, cell: ({ organizationId }, caller) => nameOf(organizationId, caller) },
  { ...mark, title: '评委评分', cell: ({ judged }) => judged ?? '没打分' },
  { ...mark, title: '群众评诺', cell: ({ residents }) => residents ?? '不计' },
  { ...mark, title: '总分', bold: true, cell: ({ total }) => total },
];

/** 打擂比武成绩单: what was signed, by what it was judged and by whom; single marks are each judge's own affair. */
export function showcasePaper(record: ShowcaseRecord, caller: Caller): Paper {
  const { heldOn, criteria, residentShare, judges, organizationId, ...signed } = mustBeSigned(record);
  const weights = criteria.map(({ name, weight }) => `${name} ${weight}%`).join('、');
  return {
    title: showcaseTitle(record),
    lines: [
      `${dayWords(new Date(`${heldOn}T00:00:00+08:00`))}　　${signed.results.length} 个党组织参赛，${judges.length} 位评委`,
      `总分：评委评分占 ${100 - residentShare}%（${weights}），群众评诺占 ${residentShare}%`,
      `评委：${judges.map(({ name }) => name).join('、')}`,
    ],
    watermark: null,
    tables: [tableOf('成绩单', placeFields, signed.results, caller)],
    signature: [nameOf(organizationId, caller), `签字：${signed.signedBy}`, dayWords(signed.signedAt)],
    foot: `${judgesToDrop} 位评委以上，去掉一个最高分、一个最低分。群众评诺不到 ${commitmentLimits.ratersShown} 人的不计，总分就是评委评分。`,
  };
}
