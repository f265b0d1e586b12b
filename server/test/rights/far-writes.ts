import { ulid } from 'ulid';
import type { EndpointKey } from '@sandan/shared/api';

/** What one writes about a thing of the far village that is named in the body, or under an id of one's own making. */

/** All ids of that kind there (crawler.test.ts, `things`). */
export type IdsOf = (name: string) => Promise<readonly string[]>;
export interface Write {
  key: EndpointKey;
  sent: { params?: object; query?: object; body?: object };
}

const later = '2026-09-20T01:00:00.000Z';

/** Well-formed each of them, so that nothing but whose they are refuses it. */
export async function farWrites(idsOf: IdsOf): Promise<Write[]> {
  const first = async (name: string): Promise<string> => (await idsOf(name))[0] ?? '';
  const [gridId, householdId, personId, postId] = await Promise.all(
    ['gridId', 'householdId', 'personId', 'postId'].map(first),
  );
  const [targetId, orderId] = [await first('targetId'), await first('orderId')];
  const [actionId, reason] = [ulid(), '区划调整'];
  const order = { categoryId: 'streetLight', words: '路灯不亮', noticeRead: true };
  const mapping = { templateId: null, mode: 'once', fields: [], leftOut: [] };
  const write = (key: EndpointKey, params: object, body: object): Write => ({ key, sent: { params, body } });
  const own = (name: string) => ({ [name]: ulid() });
  return [
    write('privacy.exportMine', {}, { actionId, format: 'json', sure: true, personId }),
    write('privacy.consent', {}, { actionId, version: 1, answers: { basic: true }, personId }),
    write('privacy.closeAccount', {}, { actionId, sure: true, personId }),
    write('privacy.keepAccount', {}, { actionId, personId }),
    write('privacy.askCorrection', own('correctionId'), { field: 'name', value: '王五', personId }),
    write('households.open', own('householdId'), { gridId, door: '1号' }),
    write('households.open', { householdId }, { gridId, door: '1号' }),
    write('households.saveMember', { householdId, personId }, { name: '王五', relation: 'head', residence: 'home' }),
    write(
      'households.saveMember',
      { householdId, ...own('personId') },
      { name: '王五', relation: 'child', residence: 'home' },
    ),
    write('proxies.give', own('proxyId'), { personId, how: 'spoken', startsOn: '2026-09-15', endsOn: '2026-10-15' }),
    write('orders.place', own('orderId'), { ...order, beneficiaryId: personId }),
    write('orders.placeSettled', own('orderId'), {
      ...{ ...order, gridId, source: 'patrol', beneficiaryName: '张奶奶', contactName: '张奶奶' },
      settlement: { outcome: 'solved', words: '办好了', noPhotoReason: 'nothingVisible', contacted: true },
    }),
    write('inspections.draw', {}, { actionId, gridId, month: '2026-08' }),
    write('settings.change', { gridId }, {}),
    write('settings.closePeriod', { gridId, ...own('periodId') }, { name: '台风', from: later, to: later }),
    write('settings.changeProtection', { gridId }, {}),
    write('settings.saveHolidays', { gridId, year: '2027' }, { holidays: [], workdays: [] }),
    write('subscriptions.check', { gridId, kind: 'todo' }, mapping),
    write('subscriptions.save', { gridId, kind: 'todo' }, { ...mapping, readVersion: 0 }),
    write('subscriptions.test', { gridId, kind: 'todo' }, { actionId }),
    write('visits.changeSettings', { gridId }, { everyMonths: 1, closeFlags: [], linksFrom: 5, linksTo: 10 }),
    write('posts.give', own('postId'), { personId, role: 'helper', kind: 'partyMember', tree: 'grid', nodeId: gridId }),
    write('posts.delegate', own('delegationId'), { postId, personId, until: later }),
    write(
      'trees.add',
      { tree: 'grid', ...own('nodeId') },
      { parentId: gridId, name: '新组', code: '99998888777901', reason },
    ),
    write('handovers.prepare', own('handoverId'), {
      ...{ tree: 'grid', nodeId: gridId, kind: 'election', effectiveAt: later },
      posts: [{ postId, successorId: null }],
    }),
    write('householdLinks.plan', {}, { gridId }),
    write('householdLinks.apply', {}, { actionId, gridId, base: 'x' }),
    write('visits.record', own('visitId'), { householdId, result: 'met', at: '2026-09-14T08:00:00.000Z' }),
    write('visits.remind', {}, { actionId, gridId }),
    write('calls.today', {}, { actionId, gridId }),
    write('reviews.complain', own('complaintId'), {
      about: { field: 'order.words', thingId: orderId },
      reason: 'other',
    }),
    write('activities.save', own('activityId'), {
      ...{
        version: 0,
        gridId,
        kind: 'training',
        audience: 'everyone',
        title: '学法律',
        words: '听课',
        place: '村委会',
      },
      ...{ startsAt: later, endsAt: later, places: null },
    }),
    write('sweeps.preview', {}, { gridId, selection: { by: 'all' } }),
    write('sweeps.set', own('sweepId'), {
      ...{ kind: 'check', title: '排查', purpose: '看看', orderedBy: '镇里', gridId, deadline: later },
      selection: { by: 'all' },
    }),
    write(
      'sweeps.record',
      { targetId, ...own('visitId') },
      { result: 'notHome', visitedAt: '2026-09-14T08:00:00.000Z' },
    ),
  ];
}

/** Writes that name nothing of a village, and why the crawler does not send them. */
export const elsewhere: Readonly<Record<string, readonly EndpointKey[]>> = {
  'coming in and going out, tried in access and people': [
    ...(['access.askCode', 'access.exchangeCode', 'access.openLink', 'access.confirm', 'access.refuse'] as const),
    ...(['people.signInWithWechat', 'people.signInAsDemo', 'people.signOut'] as const),
    ...(['connections.ask', 'connections.finish', 'connections.confirm', 'connections.refuse'] as const),
  ],
  'of oneself alone': [
    ...(['access.enrol', 'access.confirmEnrolment', 'access.showSecondFactor', 'access.renewRecoveryCodes'] as const),
    ...(['access.endSession', 'access.endOtherSessions', 'people.changeMe', 'messages.read'] as const),
    ...(['subscriptions.report', 'live.ticket'] as const),
    ...(['publishedPhone.change', 'profile.change', 'opinions.give'] as const),
    ...(['householdLinks.askAnother', 'orders.placeDirect'] as const),
    // By the code on a screen before which he stands.
    'activities.checkIn',
    ...(['photos.put', 'photos.post', 'photos.putVoice', 'photos.postVoice'] as const),
  ],
  "WeChat's, by its seal (pushes.test.ts)": ['wechat.push'],
  'asking to belong somewhere, which anybody may; answered by those who know the place (bindings.test.ts)': [
    ...(['bindings.demoPhone', 'bindings.phone', 'bindings.door', 'bindings.choose', 'bindings.ask'] as const),
    'care.ask',
  ],
  'for a whole county, by its administrator or auditor alone': [
    ...(['privacy.publishNotice', 'opinions.answer', 'audit.export', 'audit.changeRules'] as const),
    ...(['grantReviews.rolesPaper', 'rosters.upload', 'rosters.apply', 'rosters.recheck', 'rosters.cancel'] as const),
    'rosters.errors',
  ],
  'found by what is typed: asked apart, their answers are read': [
    'households.search',
    'households.coming',
    'posts.search',
  ],
};

/** 承诺, 打擂: public in the whole town, rights by branch (matrix-commitments.ts, matrix-showcases.ts). */
export const publicRooms: readonly string[] = ['commitments', 'rounds', 'showcases', 'papers', 'links', 'imports'];
