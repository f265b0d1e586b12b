import { activitiesApi } from '@sandan/shared/activities/activities.contract';
import { Problem } from '@sandan/shared/problems';
import { callerById } from '../../foundation/access/sessions';
import { recordAct } from '../../foundation/audit/record-act';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { answerWith } from '../../foundation/documents/paper-answer';
import { implement, type FileAnswer, type Route } from '../../foundation/http/implement';
import { siteOf } from '../../foundation/http/site';
import { passingCode } from '../../foundation/links/codes';
import { linkTo } from '../../foundation/links/links';
import { activityPaperNamed, exportPeople, writeActivityPaper } from './activity-papers';
import { seenGridIds } from './activities.policy';
import { presentActivity, presentCard } from './activities.presenter';
import { activitiesIn } from './activities.queries';
import { cancelActivity, heldActivity, mustBeOpen, saveActivity, visibleActivity } from './activities.service';
import { activityAtCode, checkIn, joinActivity, leaveActivity, mark, peopleOf } from './attendance.service';
import { checkInCode } from './check-in-code';

export const activitiesRoutes: Route[] = implement('activities', activitiesApi, {
  list: async ({ db, caller, query: { when, cursor, limit } }) => {
    const after = decodeCursor(cursor, when, ['time', 'id']);
    const wanted = { gridIds: seenGridIds(caller), when, now: caller.now, after, limit: limit + 1 };
    return pageOf(await activitiesIn(db, caller.personId, wanted), {
      ...{ limit, filters: when, keyOf: ({ startsAt, id }) => [startsAt, id] },
      toReply: (activity) => presentCard(activity, caller),
    });
  },
  read: async ({ db, caller, params, query }) =>
    presentActivity(await visibleActivity(db, caller, params.activityId, query.k), caller),
  save: ({ db, caller, params, body }) => saveActivity(db, caller, params.activityId, body),
  cancel: ({ db, caller, params, actionId, body }) => cancelActivity(db, caller, params.activityId, actionId, body),
  join: ({ db, caller, params: { activityId: id }, query: { k: invitation }, body }) =>
    joinActivity(db, caller, { id, invitation }, body),
  leave: ({ db, caller, params, body }) => leaveActivity(db, caller, params.activityId, body),
  code: async ({ db, caller, params: { activityId }, world, request, now }) => {
    mustBeOpen(await heldActivity(db, caller, activityId), now);
    const thing = { what: 'activity', thingId: activityId };
    const linkKey = await world.database.transaction((own) => linkTo(own, thing, now));
    const { code, until } = checkInCode(linkKey, world.signing, now);
    const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
    return {
      image: await passingCode(world, code, siteOf(request, world.config)),
      until: until.toISOString(),
      seconds,
    };
  },
  atCode: ({ db, caller, params: { code }, world }) => activityAtCode(db, caller, { code, keys: world.signing }),
  checkIn: ({ db, caller, params: { code }, body, world }) => checkIn(db, caller, { code, keys: world.signing }, body),
  people: ({ db, caller, params }) => peopleOf(db, caller, params.activityId),
  mark: ({ db, caller, params, body }) => mark(db, caller, params.activityId, body),
  export: ({ db, caller, params, body, world }) => exportPeople(db, caller, params.activityId, body(), world.signing),
  // Rows first, then the child: while it works, no connection to the database is held.
  openPaper: async ({ db, params, query, world, now }): Promise<FileAnswer> => {
    const name = activityPaperNamed(params.paper, query, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    const written = await writeActivityPaper(db, caller, name);
    const { activityId: thingId, format } = name;
    await world.database.transaction((own) =>
      recordAct(own, caller, 'openActivityPaper', { thingId, facts: { format, rows: written.rows } }),
    );
    return answerWith(world.documents, format, written);
  },
});
