import { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { Caller } from '../../foundation/access/caller';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement } from '../../foundation/http/implement';
import { closeAccount, closingFor, keepAccount } from './closing.service';
import { consentsOf, sayConsent } from './consents.service';
import { correctionsIn } from './corrections.queries';
import { askCorrection, correctedGrids, correctionView, correctionsFor, decideCorrection } from './corrections.service';
import { subjectFor } from './guardian';
import { closingOfAnother, eraseForAnother, keepForAnother } from './erase-person.service';
import { lookWords } from './looks.presenter';
import { looksByDay, type LookRow } from './looks.queries';
import { exportMine, openMine } from './my-data.service';
import { currentNotice, listNotices, publishNotice } from './notice.service';

export const privacyRoutes = implement('privacy', privacyApi, {
  notice: async ({ db, now }) => ({ notice: await currentNotice(db, now) }),
  notices: async ({ db, now }) => ({ items: await listNotices(db, now) }),
  publishNotice: async ({ db, caller, params, body }) => ({
    notice: await publishNotice(db, caller, params.noticeId, body),
  }),
  consents: ({ db, caller, query }) => consentsOf(db, caller, query.personId),
  consent: ({ db, caller, body }) => sayConsent(db, caller, body),
  looks: async ({ db, caller, query: { cursor, limit, personId: ofId } }) => {
    const { id: personId, householdId } = await subjectFor(db, caller, ofId);
    const filters = { list: 'looks', personId };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const rows = await looksByDay(db, { personId, readerId: caller.personId, householdId }, after, limit + 1);
    return pageOf(rows, { limit, filters, keyOf: ({ at, id }) => [at, id], toReply: lookReply(caller) });
  },
  exportMine: ({ db, caller, body, world }) => exportMine(db, caller, body, world),
  openMine: ({ db, params, query, world, now }) => openMine(db, { paper: params.paper, proof: query, world, now }),
  closing: ({ db, caller, query }) => closingFor(db, caller, query.personId),
  closeAccount: ({ db, caller, body }) => closeAccount(db, caller, body),
  keepAccount: ({ db, caller, body }) => keepAccount(db, caller, body),
  erasePerson: ({ db, caller, params, body }) => eraseForAnother(db, caller, params.personId, body),
  closingOf: ({ db, caller, params }) => closingOfAnother(db, caller, params.personId),
  keepPerson: ({ db, caller, params, body }) => keepForAnother(db, caller, params.personId, body),
  myCorrections: ({ db, caller, query }) => correctionsFor(db, caller, query.personId),
  askCorrection: ({ db, caller, params, body }) => askCorrection(db, caller, params.correctionId, body),
  corrections: async ({ db, caller, query: { cursor, limit, state } }) => {
    const filters = { list: 'corrections', state, personId: caller.personId };
    const after = decodeCursor(cursor, filters, ['time', 'id']);
    const search = { gridIds: correctedGrids(caller), decided: state === 'decided', exceptId: caller.personId };
    const rows = await correctionsIn(db, { ...search, after, limit: limit + 1 });
    const toReply = (row: (typeof rows)[number]) => correctionView(db, caller, row);
    return pageOf(rows, { limit, filters, keyOf: ({ askedAt, id }) => [askedAt, id], toReply });
  },
  decideCorrection: ({ db, caller, params, body }) => decideCorrection(db, caller, params.correctionId, body),
});

const lookReply =
  (caller: Caller) =>
  (row: LookRow): ReplyOf<typeof privacyApi.looks>['items'][number] => ({
    ...{ id: row.id, at: row.at.toISOString(), times: row.times, orderId: row.orderId },
    ...lookWords(row, caller.personId, caller.reference),
  });
