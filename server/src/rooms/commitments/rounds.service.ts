import { owedNumber, resultAtClosing } from '@sandan/shared/commitments/owed';
import { commitmentLifecycle, type CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import { roundLifecycle, type RoundAction, type RoundState } from '@sandan/shared/commitments/round.lifecycle';
import type { roundsApi } from '@sandan/shared/commitments/rounds.contract';
import type { BodyOf, Endpoint } from '@sandan/shared/endpoint';
import { stageOf, type Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { recordDecisions } from '../../foundation/audit/record-act';
import type { Db } from '../../foundation/database/connect';
import type { Call } from '../../foundation/http/implement';
import { admit, repeatOf } from '../../foundation/lifecycle/admit';
import { historyRow, moveRow, type Moving } from '../../foundation/lifecycle/move-row';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { Debtor, Round } from './round.entity';
import { presentRound } from './rounds.presenter';
import { mayMove, seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';

const table: Lifecycle<RoundState, RoundAction> = roundLifecycle;
const thing = 'round';
const kind = { table: 'commitment_round', thing, lifecycle: table } as const;
type Api = typeof roundsApi;

/** 设立承诺年度: one a year for the town's committee. */
export async function openRound(db: Db, caller: Caller, id: string, body: BodyOf<Api['open']>): Promise<Round> {
  const { tree } = caller.reference;
  const organization = tree.organization(body.organizationId);
  if (!organization || !mayMove(caller, 'open', organization.id)) throw new Problem('access.forbidden');
  const town = tree.gridsOfOrganization(organization.id).find(({ tier }) => tier === 'town');
  if (!town) throw new Problem('round.not-a-committee');
  const known = await roundById(db, id);
  if (known) return sameRound(known, caller, body);
  const [taken] = await db.query('SELECT 1 FROM commitment_round WHERE organization_id = ? AND year = ?', [
    organization.id,
    body.year,
  ]);
  if (taken) throw new Problem('round.year-taken');
  const round: Round = {
    ...{ ...body, id, townId: town.id, state: 'preparing', stage: 'open', version: 1 },
    ...{ openedById: caller.personId, openedAt: caller.now },
  };
  await db.insert(Round, [round]);
  const made = {
    caller,
    actionId: newId(caller.now),
    thing,
    record: { ...round, version: 0 },
    action: 'open',
  } as const;
  const told = [historyRow(made, { from: null, to: 'preparing', words: null, facts: null })];
  await db.insert(History, told);
  await recordDecisions(db, told);
  return round;
}

function sameRound(known: Round, caller: Caller, body: BodyOf<Api['open']>): Round {
  const same = known.openedById === caller.personId && known.year === body.year;
  if (!same || known.organizationId !== body.organizationId) throw new Problem('round.id-taken');
  return known;
}

interface Scene {
  db: Db;
  round: Round;
  caller: Caller;
  actionId: string;
}
type Step = Pick<Moving<RoundState>, 'words' | 'facts' | 'beside'>;
type Effect<Body> = (scene: Scene, body: Body) => Promise<Step>;
type MoveCall<E extends Endpoint> = Call<E> & { db: Db; caller: Caller; params: { roundId: string } };

/** One step of the year, in the fixed order of answers (decisions.md §2.6). */
export async function move<E extends Endpoint, Body extends { actionId: string }>(
  {
    db,
    caller,
    params,
    actionId,
    body,
  }: Pick<MoveCall<E>, 'db' | 'caller' | 'params' | 'actionId'> & {
    body: () => Body;
  },
  action: RoundAction,
  effect: Effect<Body> = async () => ({}),
) {
  const { record: round, isRepeat } = admit({
    ...{ table, thing, action, caller },
    record: await roundById(db, params.roundId),
    repeat: await repeatOf(db, actionId),
    sees: (one) => seesRound(caller, one),
    may: (one) => mayMove(caller, action, one.organizationId),
  });
  if (isRepeat) return presentRound(round, caller);
  const given = body();
  const scene = { db, round, caller, actionId: given.actionId };
  const step = await effect(scene, given);
  const state = await moveRow({ ...scene, ...kind, record: round, action }, step);
  return presentRound({ ...round, state, stage: stageOf(table, state) }, caller);
}

/** 开始拟诺: the list of who owes is fixed by who is there on this day. */
export const listDebtors: Effect<unknown> = async ({ round }) => ({
  beside: async (db) => {
    const { organization, personal, secretaryProject, livelihoodProject } = round.minima;
    await db.write(
      `INSERT INTO commitment_debtor (round_id, debtor_id, kind, organization_id, name, owed)
       SELECT ?, o.id, 'organization', o.id, o.name, ? FROM party_ancestor a JOIN party_organization o ON o.id = a.descendant_id
       WHERE a.ancestor_id = ? AND o.closed_at IS NULL AND o.org_rank IN (?)`,
      [
        ...[round.id, JSON.stringify({ organization, secretaryProject, livelihoodProject }), round.organizationId],
        round.ranks,
      ],
    );
    await db.write(
      `INSERT INTO commitment_debtor (round_id, debtor_id, kind, organization_id, name, owed)
       SELECT ?, p.id, 'person', p.home_organization_id, p.name, ? FROM party_ancestor a
         JOIN person p ON p.home_organization_id = a.descendant_id
       WHERE a.ancestor_id = ? AND p.disabled_at IS NULL`,
      [round.id, JSON.stringify({ personal }), round.organizationId],
    );
  },
});

/** 免诺: with a reason; who is away may still promise what can be done from afar. */
export const exempt: Effect<BodyOf<Api['exempt']>> = async ({ round }, { debtorId, reason, words }) => {
  if (reason === 'other' && !words) throw new Problem('round.exempt-words', { fields: { words: '请写明原因' } });
  return {
    words: words ?? null,
    facts: { debtorId, reason },
    beside: async (db) => {
      const found = await db.write(
        'UPDATE commitment_debtor SET exempt = ?, exempt_words = ? WHERE round_id = ? AND debtor_id = ?',
        [reason, words ?? null, round.id, debtorId],
      );
      if (found === 0) throw new Problem('round.no-such-debtor');
    },
  };
};

/** 取消免诺: owes again what he owed before. */
export const readmit: Effect<BodyOf<Api['readmit']>> = async ({ round }, { debtorId }) => ({
  facts: { debtorId },
  beside: async (db) => {
    const found = await db.write(
      'UPDATE commitment_debtor SET exempt = NULL, exempt_words = NULL WHERE round_id = ? AND debtor_id = ? AND exempt IS NOT NULL',
      [round.id, debtorId],
    );
    if (found === 0) throw new Problem('round.no-such-debtor');
  },
});

/** 纳入: who joined later owes pro rata; who was exempt owes again; who moved is counted with his new branch. */
export const include: Effect<BodyOf<Api['include']>> = async ({ db, round, caller }, { personId, fromMonth }) => {
  const [person] = await db.query<{ name: string; home: string | null }>(
    'SELECT name, home_organization_id AS home FROM person WHERE id = ? AND disabled_at IS NULL',
    [personId],
  );
  const home = person?.home ?? null;
  if (!person || home === null || !caller.reference.tree.organizationLine(home).includes(round.organizationId)) {
    throw new Problem('round.not-a-member');
  }
  const owed = { personal: owedNumber(round.minima.personal, fromMonth ?? null) };
  const row = { roundId: round.id, debtorId: personId, kind: 'person' as const, organizationId: home, owed };
  return {
    facts: { personId, fromMonth: fromMonth ?? null },
    beside: (inside) =>
      inside.upsert(
        Debtor,
        [{ ...row, name: person.name, fromMonth: fromMonth ?? null, exempt: null, exemptWords: null }],
        ['organizationId', 'owed', 'fromMonth', 'exempt', 'exemptWords'],
      ),
  };
};

interface Open {
  id: string;
  state: CommitmentState;
  partly: number;
  carries_over: number;
  version: number;
}

/** 结束年度: every deed gets its result; what is delivered or disputed must be decided before. */
export const close: Effect<unknown> = async ({ round, caller }) => ({
  beside: async (db) => {
    const open = await db.query<Open>(
      `SELECT id, state, partly, carries_over, version FROM commitment
       WHERE round_id = ? AND state IN ('draft', 'submitted', 'approved', 'published', 'delivered', 'disputed', 'accepted') FOR UPDATE`,
      [round.id],
    );
    const results = open.map((row) => ({
      ...row,
      to: resultAtClosing({ state: row.state, partly: row.partly === 1, carriesOver: row.carries_over === 1 }),
    }));
    if (results.some(({ to }) => to === null)) throw new Problem('round.undecided');
    for (const to of new Set(results.flatMap(({ to: each }) => each ?? []))) {
      const ids = results.filter((row) => row.to === to).map(({ id }) => id);
      await db.write(
        'UPDATE commitment SET state = ?, stage = ?, closed_at = ?, version = version + 1 WHERE id IN (?)',
        [to, stageOf(commitmentLifecycle, to), caller.now, ids],
      );
    }
    for (let from = 0; from < results.length; from += batch) {
      const rows = results.slice(from, from + batch).map((row) => resultRow(row, round, caller));
      await db.insert(History, rows);
    }
  },
});

const batch = 500;

const resultRow = (
  { id, state, to, version }: Open & { to: CommitmentState | null },
  round: Round,
  caller: Caller,
) => ({
  ...{ id: newId(caller.now), thing: 'commitment', thingId: id, aggregateId: id, seq: version + 1 },
  ...{ townId: round.townId, actorId: caller.personId, actorName: caller.name, onBehalfId: null, at: caller.now },
  ...{ actorRole: roleFor(caller, 'round.close'), action: 'close', fromState: state, toState: to },
  ...{ words: null, facts: null, fannedOutAt: null },
});
