import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import { scannedCode, type ScannedCode } from '../links/scanned.queries';
import type { Order } from './order.entity';
import type { Placing } from './placing';

/** 扫码点单: the code by which it came, however the place was changed afterwards. Null where nobody scanned anything. */
export const scannedBy = async (db: Reading, caller: Caller, body: Placing): Promise<ScannedCode | null> =>
  body.scannedKey === undefined ? null : scannedCode(db, caller, body.scannedKey);

/** At the door that was scanned, unless he has said otherwise: whoever comes to help must find it. */
export const addressOf = (body: Placing, gridId: string, scanned: ScannedCode | null): string | null =>
  body.address ?? (scanned?.house?.gridId === gridId ? scanned.house.door : null);

/** What it grew out of, in the first line of its history. */
export const originFacts = (
  { source, categoryId }: Order,
  body: Placing,
  scanned: ScannedCode | null,
): HistoryFacts => ({
  ...{ source, categoryId },
  ...(body.commitmentId === undefined ? {} : { commitmentId: body.commitmentId }),
  ...(body.visitId === undefined ? {} : { visitId: body.visitId }),
  ...(body.sweepTargetId === undefined ? {} : { sweepTargetId: body.sweepTargetId }),
  ...(body.sweepQuestionId === undefined ? {} : { sweepQuestionId: body.sweepQuestionId }),
  ...(scanned === null ? {} : { scanned: scanned.what, scannedAt: scanned.at }),
});
