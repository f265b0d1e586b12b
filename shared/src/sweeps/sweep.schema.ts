import { z } from 'zod';
import { householdFlags, type HouseholdFlagName } from '../households/household.words';
import { GridPlace, OrderStateCode, PhotoIds, PhotoLink, StageCode } from '../orders/order.schema';
import { Instant, MaskedName, Ulid, isCleanText, keys, text } from '../schemas';
import { sweepLifecycle, type SweepAction, type SweepState } from './sweep.lifecycle';
import { personStandings, selections, sweepKinds, sweepLimits, targetStates, type VisitResult } from './sweep.words';

export const SweepStateCode = z.enum(keys<SweepState>(sweepLifecycle.states)).meta({ id: 'SweepState' });
export const SweepActionCode = z.enum(keys<SweepAction>(sweepLifecycle.actions)).meta({ id: 'SweepAction' });
export const SweepKindCode = z.enum(keys(sweepKinds), '请选择一项');
export const TargetStateCode = z.enum(keys(targetStates)).meta({ id: 'TargetState' });
export const VisitResultCode = z
  .enum(keys<VisitResult>({ met: 1, notHome: 1, refused: 1, notFound: 1 }), '请选择这次的结果')
  .meta({ id: 'VisitResult' });
export const PersonStandingCode = z.enum(keys(personStandings), '请选择一项').meta({ id: 'PersonStanding' });
export const FlagCode = z.enum(keys<HouseholdFlagName>(householdFlags), '请选择特殊情况');

const QuestionId = z.string().regex(/^[a-zA-Z0-9]{1,20}$/, '编号格式不对');
const CategoryId = z.string().regex(/^[a-zA-Z]{2,30}$/, '请选择类别');
const asked = {
  id: QuestionId,
  ask: text(sweepLimits.ask),
  required: z.boolean().default(false),
  categoryId: CategoryId.optional(),
};
export const SweepQuestion = z
  .discriminatedUnion('kind', [
    z.object({ ...asked, kind: z.literal('yesNo'), finding: z.boolean().optional() }),
    z.object({
      ...{ ...asked, kind: z.literal('choice') },
      options: z.array(text(20)).min(2, '至少两个选项').max(sweepLimits.options),
      findings: z.array(text(20)).max(sweepLimits.options).optional(),
    }),
    z.object({ ...asked, kind: z.literal('number') }),
    z.object({ ...asked, kind: z.literal('words') }),
    z.object({ ...asked, kind: z.literal('photo') }),
  ])
  .meta({ id: 'SweepQuestion' });

export const SweepAnswers = z
  .record(
    QuestionId,
    z.union([z.boolean(), z.number(), z.string().max(sweepLimits.answer).refine(isCleanText, '含有不能显示的字符')]),
  )
  .refine((answers) => Object.keys(answers).length <= sweepLimits.questions, '回答太多了')
  .meta({ id: 'SweepAnswers' });

/** 安置点: `dutyPhone` is the number of the post, no private one. */
export const ShelterPlace = z
  .object({
    id: Ulid,
    name: text(30),
    address: text(60),
    capacity: z.int('请填整数').min(1, '至少 1 人').max(100_000),
    keeper: text(20).optional(),
    dutyPhone: z
      .string()
      .regex(/^[0-9-]{5,20}$/, '请填值班电话')
      .optional(),
  })
  .meta({ id: 'ShelterPlace' });

export const Selection = z
  .discriminatedUnion(
    'by',
    [
      z.object({ by: z.literal('all') }),
      z.object({ by: z.literal('flags'), flags: z.array(FlagCode).min(1, '请选择特殊情况').max(19) }),
      z.object({
        by: z.literal('list'),
        /** 户号 of the roster, or ids of households. */
        codes: z.array(text(40)).max(sweepLimits.listed).default([]),
        householdIds: z.array(Ulid).max(sweepLimits.listed).default([]),
      }),
    ],
    '请选择排查哪些住户',
  )
  .meta({ id: 'SweepSelection' });

const unique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const sweepPlan = {
  kind: SweepKindCode,
  title: text(sweepLimits.title),
  purpose: text(sweepLimits.purpose),
  /** Who ordered it: 镇安办, 县应急局. */
  orderedBy: text(sweepLimits.orderedBy),
  gridId: Ulid,
  selection: Selection,
  namesPeople: z.boolean().default(false),
  questions: z
    .array(SweepQuestion)
    .max(sweepLimits.questions, `最多 ${sweepLimits.questions} 题`)
    .refine((all) => unique(all.map(({ id }) => id)), '有重复的题')
    .refine((all) => all.filter(({ kind }) => kind === 'photo').length <= 1, '拍照的题只要一道')
    .default([]),
  places: z
    .array(ShelterPlace)
    .max(sweepLimits.places)
    .refine((all) => unique(all.map(({ id }) => id)), '有重复的安置点')
    .default([]),
  deadline: Instant,
};

export const SweepCounts = z
  .object({
    households: z.int(),
    people: z.int(),
    todo: z.int(),
    met: z.int(),
    notHome: z.int(),
    refused: z.int(),
    notFound: z.int(),
    /** Persons seen or counted at the doors. */
    peopleMet: z.int(),
    /** Households where the form says that something is wrong. */
    withFindings: z.int(),
    orders: z.int(),
    late: z.int(),
    /** 没有人负责 */
    unassigned: z.int(),
    /** People to be added to the roster, as the households say. */
    additions: z.int(),
  })
  .meta({ id: 'SweepCounts' });

export const SweepCard = z
  .object({
    id: Ulid,
    kind: SweepKindCode,
    title: z.string(),
    state: SweepStateCode,
    stateName: z.string(),
    stage: StageCode,
    gridId: Ulid,
    gridName: z.string(),
    deadline: Instant,
    overdue: z.boolean(),
    households: z.int(),
    done: z.int(),
  })
  .meta({ id: 'SweepCard' });

export const Sweep = SweepCard.extend({
  purpose: z.string(),
  orderedBy: z.string(),
  /** 内容检查: others read neither its title nor its purpose at present. */
  held: z.boolean(),
  /** 投诉: somebody else wrote what the reader reads here. */
  complainable: z.boolean(),
  namesPeople: z.boolean(),
  questions: z.array(SweepQuestion),
  places: z.array(ShelterPlace),
  /** How households are chosen; the flags themselves only for whoever may choose by them. */
  selection: z.object({
    by: z.enum(keys(selections)),
    flags: z.array(FlagCode).nullable(),
    listed: z.int(),
    /** For whoever may still change it; else none. */
    householdIds: z.array(Ulid),
  }),
  setBy: z.string(),
  startedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Within the caller's reach. */
  counts: SweepCounts,
  mayExport: z.boolean(),
  /** With the masked names of the heads. */
  mayExportNames: z.boolean(),
  /** False: chosen by 特殊情况, and the reader is told how many, not which (domain.md §12.8). */
  showsDoors: z.boolean(),
  allows: z.array(SweepActionCode),
}).meta({ id: 'Sweep' });

/** A person of the household, to be ticked: never more than the masked name. */
export const TargetPerson = z
  .object({
    personId: Ulid,
    name: MaskedName,
    standing: PersonStandingCode.nullable(),
    placeId: Ulid.nullable(),
  })
  .meta({ id: 'SweepPerson' });

export const TargetCard = z
  .object({
    id: Ulid,
    householdId: Ulid,
    door: z.string().nullable(),
    head: MaskedName.nullable(),
    place: GridPlace,
    people: z.int(),
    state: TargetStateCode,
    stateName: z.string(),
    tries: z.int(),
    late: z.boolean(),
    findings: z.int(),
    holder: z.object({ personId: Ulid, name: z.string() }).nullable(),
    visitedAt: Instant.nullable(),
  })
  .meta({ id: 'SweepTargetCard' });

/** A household as its holder carries it on the phone: what the door needs, no more. */
export const RoundTarget = TargetCard.pick({
  ...{ id: true, door: true, head: true, place: true, people: true, state: true, stateName: true, tries: true },
}).extend({
  /** 先转移: cannot move alone. Said only to whoever looks after the household. */
  needs: z.array(z.string()),
  persons: z.array(TargetPerson),
});

export const SweepVisit = z
  .object({
    id: Ulid,
    result: VisitResultCode,
    resultName: z.string(),
    visitedAt: Instant,
    recordedAt: Instant,
    late: z.boolean(),
    by: z.string(),
    peopleMet: z.int().nullable(),
    answers: z.array(z.object({ id: z.string(), ask: z.string(), words: z.string(), finding: z.boolean() })),
    persons: z.array(z.object({ name: MaskedName, words: z.string() })),
    additions: z.string().nullable(),
    words: z.string().nullable(),
    photos: z.array(PhotoLink),
  })
  .meta({ id: 'SweepVisit' });

export const SweepTarget = TargetCard.extend({
  sweepId: Ulid,
  title: z.string(),
  kind: SweepKindCode,
  sweepState: SweepStateCode,
  deadline: Instant,
  namesPeople: z.boolean(),
  questions: z.array(SweepQuestion),
  places: z.array(ShelterPlace),
  persons: z.array(TargetPerson),
  needs: z.array(z.string()),
  visits: z.array(SweepVisit),
  /** What is wrong by the visit that counts, with the category of an order that would mend it. */
  mend: z.array(z.object({ questionId: z.string(), ask: z.string(), categoryId: z.string().nullable() })),
  orders: z.array(
    z.object({ orderId: Ulid, title: z.string(), state: OrderStateCode, stateName: z.string(), stage: StageCode }),
  ),
  allows: z.array(z.enum(['record', 'order'])),
}).meta({ id: 'SweepTarget' });

/** A visit as it is sent, from the phone's queue perhaps hours later. */
export const RecordVisit = z
  .object({
    /** Left out in a roll-call with `persons`: the household follows from its people. */
    result: VisitResultCode.optional(),
    /** By the phone's clock. The server holds it between the start of the sweep and now. */
    visitedAt: Instant,
    peopleMet: z.int('请填整数').min(0).max(99).optional(),
    answers: SweepAnswers.default({}),
    /** 人口核对: who was found to be there. */
    confirmedIds: z.array(Ulid).max(60).refine(unique, '有重复的人').default([]),
    /** 名册上没有的人: a request, the roster is changed by others. */
    additions: text(sweepLimits.words).optional(),
    persons: z
      .array(
        z.object({
          personId: Ulid,
          standing: PersonStandingCode,
          placeId: Ulid.optional(),
          words: text(60).optional(),
        }),
      )
      .max(60)
      .refine((all) => unique(all.map(({ personId }) => personId)), '有重复的人')
      .default([]),
    words: text(sweepLimits.words).optional(),
    photoIds: PhotoIds.max(sweepLimits.photos, `最多 ${sweepLimits.photos} 张照片`).default([]),
  })
  .meta({ id: 'RecordVisit' });
