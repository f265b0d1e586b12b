import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import {
  showcaseLifecycle,
  type ShowcaseAction,
  type ShowcaseState,
} from '@sandan/shared/commitments/showcase.lifecycle';
import { showcaseResult } from '@sandan/shared/commitments/showcase-result';
import type { showcasesApi } from '@sandan/shared/commitments/showcases.contract';
import type { BodyOf, Endpoint } from '@sandan/shared/endpoint';
import type { Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { recordDecisions } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import type { Call } from '../../foundation/http/implement';
import { admit, repeatOf } from '../../foundation/lifecycle/admit';
import { historyRow, moveRow, type Moving } from '../../foundation/lifecycle/move-row';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';
import { Showcase, ShowcaseContestant, ShowcaseJudge, ShowcaseScore } from './showcase.entity';
import { presentShowcase } from './showcases.presenter';
import { askAboutShowcase, wordsOf } from './showcase-checks';
import { asShown, isRecused, judgeOf, mayActOnShowcase, mayHold } from './showcases.policy';
import { showcaseById, starsOf, type ShowcaseRecord } from './showcases.queries';

const table: Lifecycle<ShowcaseState, ShowcaseAction> = showcaseLifecycle;
const thing = 'showcase';
const kind = { table: 'showcase', thing, lifecycle: table } as const;
type Api = typeof showcasesApi;
type Plan = Omit<BodyOf<Api['change']>, 'actionId'>;

/** 设立擂台: for a year of the town, by whoever moves the year. */
export async function setShowcase(db: Db, caller: Caller, id: string, body: BodyOf<Api['set']>) {
  const round = await roundById(db, body.roundId);
  if (!round || !seesRound(caller, round)) throw new Problem('round.not-found');
  if (!mayHold(caller, 'set', round.organizationId)) throw new Problem('access.forbidden');
  const known = await showcaseById(db, id, caller.now);
  if (known) {
    if (known.setById !== caller.personId) throw new Problem('showcase.id-taken');
    if (!known.fingerprint.equals(fingerprintOf(body))) throw new Problem('showcase.sent-differently');
    return presentShowcase(known, caller);
  }
  await checkPlan(db, caller, round.organizationId, body);
  const { title, heldOn, criteria, residentShare } = body;
  const showcase: Showcase = {
    ...{ id, roundId: round.id, organizationId: round.organizationId, townId: round.townId, title, heldOn },
    ...{ criteria, residentShare, state: 'preparing', stage: 'open', version: 1, results: null },
    ...{ setById: caller.personId, setAt: caller.now, finishedById: null, signedById: null, signedBy: null },
    ...{ signedAt: null, fingerprint: fingerprintOf(body), held: 0 },
  };
  await db.insert(Showcase, [showcase]);
  await replacePeople(db, id, body);
  const made = {
    caller,
    actionId: newId(caller.now),
    thing,
    record: { ...showcase, version: 0 },
    action: 'set',
  } as const;
  const told = [historyRow(made, { from: null, to: 'preparing', words: null, facts: null })];
  await db.insert(History, told);
  await recordDecisions(db, told);
  await askAboutShowcase(db, caller, showcase);
  return presentShowcase(await present(db, id, caller), caller);
}

async function present(db: Db, id: string, caller: Caller): Promise<ShowcaseRecord> {
  const record = await showcaseById(db, id, caller.now);
  if (!record) throw new Problem('showcase.not-found');
  return asShown(record, caller);
}

/** Contestants are the committee's own organisations, judges are people with an account. */
async function checkPlan(db: Db, { reference }: Caller, committeeId: string, { contestantIds, judgeIds }: Plan) {
  const { tree } = reference;
  const strangers = contestantIds.filter(
    (id) => id === committeeId || !tree.organizationLine(id).includes(committeeId),
  );
  if (strangers.length > 0) throw new Problem('showcase.contestant-outside');
  const [row] = await db.query<{ known: number }>(
    'SELECT COUNT(*) AS known FROM person WHERE id IN (?) AND disabled_at IS NULL',
    [judgeIds],
  );
  if (Number(row?.known) !== judgeIds.length) throw new Problem('showcase.judge-unknown');
}

async function replacePeople(db: Db, showcaseId: string, { contestantIds, judgeIds }: Plan): Promise<void> {
  await db.write('DELETE FROM showcase_contestant WHERE showcase_id = ?', [showcaseId]);
  await db.write('DELETE FROM showcase_judge WHERE showcase_id = ?', [showcaseId]);
  const contestants = contestantIds.map((organizationId, position) => ({ showcaseId, organizationId, position }));
  await db.insert(ShowcaseContestant, contestants);
  await db.insert(
    ShowcaseJudge,
    judgeIds.map((personId) => ({ showcaseId, personId })),
  );
}

interface Scene {
  db: Db;
  record: ShowcaseRecord;
  caller: Caller;
  actionId: string;
}
interface Step extends Pick<Moving<ShowcaseState>, 'facts' | 'beside' | 'together'> {
  set?: Partial<Showcase>;
}
type Effect<Body> = (scene: Scene, body: Body) => Promise<Step>;
type ActionCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { showcaseId: string } };

/** One action on a showcase, in the fixed order of answers (decisions.md §2.6). */
export async function act<E extends Endpoint, Body extends { actionId: string }>(
  {
    db,
    caller,
    params,
    actionId,
    body,
  }: Pick<ActionCall<E>, 'db' | 'caller' | 'params' | 'actionId'> & {
    body: () => Body;
  },
  action: ShowcaseAction,
  effect: Effect<Body> = async () => ({}),
) {
  const { record, isRepeat } = admit({
    ...{ table, thing, action, caller },
    record: await showcaseById(db, params.showcaseId, caller.now),
    repeat: await repeatOf(db, actionId),
    sees: (one) => seesRound(caller, one),
    may: (one) => mayActOnShowcase(action, one, caller),
  });
  if (isRepeat) return presentShowcase(asShown(record, caller), caller);
  const given = body();
  const scene = { db, record, caller, actionId: given.actionId };
  await moveRow({ ...scene, ...kind, action }, await effect(scene, given));
  return presentShowcase(await present(db, record.id, caller), caller);
}

export const change: Effect<BodyOf<Api['change']>> = async ({ db, record, caller }, plan) => {
  await checkPlan(db, caller, record.organizationId, plan);
  const { title, heldOn, criteria, residentShare } = plan;
  return {
    set: { title, heldOn, criteria: JSON.stringify(criteria) as never, residentShare },
    beside: async (inside) => {
      await replacePeople(inside, record.id, plan);
      if (wordsOf(record) !== wordsOf(plan)) await askAboutShowcase(inside, caller, record);
    },
  };
};

/** 每位评委一次: what is sent stands; nobody scores the own village. */
export const score: Effect<BodyOf<Api['score']>> = async ({ record, caller }, { organizationId, marks }) => {
  if (!record.contestantIds.includes(organizationId)) throw new Problem('showcase.contestant-outside');
  const judge = judgeOf(record, caller);
  if (!judge || isRecused(judge, record, organizationId, caller.reference)) throw new Problem('showcase.own-village');
  const isTwice = record.scores.some(
    (each) => each.judgeId === caller.personId && each.organizationId === organizationId,
  );
  if (isTwice) throw new Problem('showcase.scored-already');
  if (marks.length !== record.criteria.length) {
    throw new Problem('request.bad-input', { fields: { marks: `要打 ${record.criteria.length} 项分` } });
  }
  return {
    together: true,
    facts: { organizationId },
    beside: (db) =>
      db.insert(ShowcaseScore, [
        { showcaseId: record.id, judgeId: caller.personId, organizationId, marks, at: caller.now },
      ]),
  };
};

/** 结束打分: the places are counted from what was scored, and from what residents said of the year's deeds. */
export const finish: Effect<BodyOf<Api['finish']>> = async ({ db, record, caller }) => {
  if (record.scores.length === 0) throw new Problem('showcase.nothing-scored');
  const contestants = await starsOf(db, record.roundId, record.contestantIds, commitmentLimits.ratersShown);
  const results = showcaseResult(contestants, record.scores, record);
  return { set: { results: JSON.stringify(results) as never, finishedById: caller.personId } };
};

export const sign: Effect<BodyOf<Api['sign']>> = async ({ caller }) => ({
  set: { signedById: caller.personId, signedBy: caller.name, signedAt: caller.now },
});
