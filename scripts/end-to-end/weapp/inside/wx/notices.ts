import { answering, Refusal } from '../answer';

const most = 5;
/** What the engine makes a tap of. */
const touches = new Set(['click', 'mouseup', 'touchend']);

interface Failure {
  errCode: number;
}

/** 订阅消息: only while a touch is under way. The person's answers are in the hands of the test. */
async function ask({ tmplIds, inTouch }: { tmplIds: string[]; inTouch: boolean }) {
  if (!inTouch) throw new Refusal('can only be invoked by user TAP gesture.');
  if (tmplIds.length === 0) throw new Refusal('TmplIds can not be empty', undefined, 10001);
  if (tmplIds.length > most) throw new Refusal('Templates count out of max bounds', undefined, 20003);
  const said: Record<string, string> | Failure = await window.hands.subscribe(tmplIds);
  if (typeof said['errCode'] === 'number') throw new Refusal('refused', undefined, said['errCode']);
  return said;
}

const asking = answering('requestSubscribeMessage', ask);

export const notices = {
  requestSubscribeMessage: (given: { tmplIds: string[] }) =>
    asking({ ...given, inTouch: window.event !== undefined && touches.has(window.event.type) }),
};
