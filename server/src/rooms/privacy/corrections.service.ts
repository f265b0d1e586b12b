import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import { correctionFields, correctionStates, type CorrectionField } from '@sandan/shared/privacy/privacy.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridsWith, reachesGrid } from '../../foundation/access/reach';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { correctionById, correctionsOf, rosterOf, type CorrectionRow } from './corrections.queries';
import { correctionValues } from './correction-values';
import { subjectFor } from './guardian';
import { insertOnce } from './insert-once';
import { tellOfCorrection } from './corrections.told';
import { Correction } from './privacy.entity';

type View = ReplyOf<typeof privacyApi.askCorrection>;
const fields = Object.keys(correctionFields) as CorrectionField[];

/** Nobody decides over what is asked for himself, or by himself for a child. */
const isOwn = ({ personId }: Caller, row: Pick<CorrectionRow, 'personId' | 'askedById'>): boolean =>
  row.personId === personId || row.askedById === personId;
const decides = (caller: Caller, { gridId, ...row }: CorrectionRow): boolean =>
  !isOwn(caller, row) && gridId !== null && reachesGrid(caller, 'correction.decide', gridId);

/** Clear to the person and to the desk that has to compare it with the papers. */
export function correctionView(reading: Reading, caller: Caller, row: CorrectionRow): View {
  const { vault } = reading;
  const { tree } = caller.reference;
  return {
    ...{ id: row.id, field: row.field, fieldName: correctionFields[row.field], words: row.words, answer: row.answer },
    before: vault.open('correction.before', row.before),
    after: vault.open('correction.after', row.after),
    ...{ state: row.state, stateName: correctionStates[row.state], personName: row.personName },
    place: row.gridId === null ? '' : (tree.grid(row.gridId)?.name ?? ''),
    askedAt: row.askedAt.toISOString(),
    decidedBy: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    allows: row.state === 'asked' && decides(caller, row) ? ['decideCorrection'] : [],
  };
}

/** One's own, or those of a child one answers for. */
export async function correctionsFor(
  reading: Reading,
  caller: Caller,
  ofId: string | undefined,
): Promise<ReplyOf<typeof privacyApi.myCorrections>> {
  const { id } = await subjectFor(reading, caller, ofId);
  const [rows, roster] = await Promise.all([correctionsOf(reading, id), rosterOf(reading, id)]);
  return {
    items: rows.map((row) => correctionView(reading, caller, row)),
    roster: fields.map((field) => ({
      field,
      name: correctionFields[field],
      value: roster && correctionValues[field].read(roster, reading.vault),
    })),
  };
}

/** 申请更正: one at a time per field; whoever lives nowhere yet is told to bind first. */
export async function askCorrection(
  db: Db,
  caller: Caller,
  id: string,
  judge: () => BodyOf<typeof privacyApi.askCorrection>,
): Promise<View> {
  const known = await correctionById(db, id);
  if (known && known.askedById !== caller.personId) throw new Problem('correction.id-taken');
  const { field, value, words = null, personId: ofId } = judge();
  if (known) return correctionView(db, caller, known);
  const { id: personId } = await subjectFor(db, caller, ofId);
  const roster = await rosterOf(db, personId);
  if (!roster?.gridId) throw new Problem('request.bad-input', { fields: { field: '还没有绑定住户，请先绑定' } });
  const fault = correctionValues[field].fault(value, caller.now);
  if (fault) throw new Problem('request.bad-input', { fields: { value: fault } });
  const before = correctionValues[field].read(roster, db.vault);
  if (before === value) throw new Problem('request.bad-input', { fields: { value: '和现在登记的一样' } });
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [personId]);
  const waiting = (await correctionsOf(db, personId)).some((row) => row.field === field && row.state === 'asked');
  if (waiting) throw new Problem('correction.waiting');
  const { personId: askedById, now } = caller;
  const row = { id, personId, askedById, gridId: roster.gridId, field, before, after: value, words };
  await insertOnce(db, Correction, [{ ...row, state: 'asked', askedAt: now }]);
  await tellOfCorrection(db, caller, { id, action: 'ask', gridId: roster.gridId, actionId: newId(now) });
  return viewNow(db, caller, id);
}

async function viewNow(db: Db, caller: Caller, id: string): Promise<View> {
  const row = await correctionById(db, id);
  if (!row) throw new Problem('correction.not-found');
  return correctionView(db, caller, row);
}

/** 核对: written into the roster at once, or refused with a reason (个人信息保护法 46, 50 条). The old value stays in the request. */
export async function decideCorrection(
  db: Db,
  caller: Caller,
  id: string,
  judge: () => BodyOf<typeof privacyApi.decideCorrection>,
): Promise<View> {
  const row = await correctionById(db, id);
  if (!row || row.gridId === null || !reachesGrid(caller, 'correction.decide', row.gridId))
    throw new Problem('correction.not-found');
  if (isOwn(caller, row)) throw new Problem('correction.own');
  const { actionId, apply, words } = judge();
  const state = apply ? 'applied' : 'refused';
  const { personId, now } = caller;
  const won = await db.write(
    `UPDATE correction SET state = ?, decided_by_id = ?, answer = ?, decided_at = ?, grid_id = ? WHERE id = ? AND state = 'asked'`,
    [state, personId, words, now, row.gridId, id],
  );
  if (won === 0) {
    if (row.decidedById === personId && row.state === state && row.answer === words) return viewNow(db, caller, id);
    throw new Problem('correction.decided');
  }
  const roster = await rosterOf(db, row.personId);
  const value = db.vault.open('correction.after', row.after);
  if (apply && roster && value !== null) {
    await correctionValues[row.field].write(db, { id: row.personId, householdId: roster.householdId }, value);
  }
  const facts = { correctionId: id, field: row.field, apply };
  await recordAct(db, caller, 'decideCorrection', { thingId: row.personId, facts });
  await tellOfCorrection(db, caller, { id, action: apply ? 'apply' : 'refuse', gridId: row.gridId, actionId });
  return viewNow(db, caller, id);
}

/** Grids whose people the caller puts right. */
export const correctedGrids = (caller: Caller): string[] => {
  const { tree } = caller.reference;
  const reach = gridsWith(caller, 'correction.decide');
  return tree.grids.filter(({ id }) => reach.some((grid) => tree.isWithin(id, grid.id))).map(({ id }) => id);
};
