import { Problem } from '@sandan/shared/problems';
import { wechatApi } from '@sandan/shared/wechat/wechat.contract';
import { gridsWith } from '../../foundation/access/reach';
import { implement, outsideFirst, type FileAnswer, type Route } from '../../foundation/http/implement';
import type { World } from '../../foundation/http/world';
import type { Reference } from '../../foundation/reference/reference';
import { PushRefused, type PushFault } from '../../foundation/world/wechat/push-cipher';
import type { PushHandler, WechatPush } from '../../foundation/world/wechat/push-handler';
import type { PushOutcome } from '../../foundation/world/wechat/tally';
import { keepFailed } from './failed-pushes';
import { punishmentEvent } from './punishment';
import { wechatState } from './wechat-state.service';
import { countiesIn } from './template-states';
import { mustBeAsked, openSealed, probeEvent, takePush } from './pushes.service';

type Api = typeof wechatApi;

interface Prepared {
  readonly push: WechatPush;
  readonly reference: Reference;
  readonly now: Date;
  outcome: PushOutcome;
}

/**
 * The door where WeChat speaks to us. What it did is answered with `success`, also what nobody wants and what came twice;
 * where we fail it hears so and sends it again, and we keep it besides (failed-pushes.ts).
 */
export function wechatRoutes(pushHandlers: readonly PushHandler[]): Route[] {
  // Of what nobody wants nothing is lost.
  const ofFailure = async (world: World, push: WechatPush, now: Date): Promise<PushOutcome> =>
    pushHandlers.some(({ event }) => event === push.event) ? keepFailed(world, push, now) : 'failed';
  return implement('wechat', wechatApi, {
    state: ({ db, caller, world: { config }, now }) =>
      wechatState(db, { config, counties: countiesIn(gridsWith(caller, 'wechat.read')), now }),
    checkAddress: async ({ query, world, now }) => {
      believing(world, () => mustBeAsked(world.config, query, now));
      // It stands under no signature, and goes back as plain text that no browser takes for anything else.
      return words(/^[\w+/=-]*$/.test(query.echostr) ? query.echostr : '');
    },
    push: outsideFirst<Api['push'], Prepared>({
      before: async ({ query, body, world, now }) => {
        const push = believing(world, () => openSealed(world.config, query, body(), now));
        return { push, reference: await world.references.current(), now, outcome: 'taken' };
      },
      write: async ({ db, prepared, now }) => {
        const { push, reference } = prepared;
        prepared.outcome = await takePush({ db, reference, now }, push, pushHandlers);
        return words('success');
      },
      after: async ({ push, now, outcome: done }, failed, world) => {
        const { event } = push;
        const outcome = failed ? await ofFailure(world, push, now) : done;
        // Of npm run wechat:check: no push of WeChat's.
        if (event === probeEvent) return;
        const punishes = event === punishmentEvent;
        world.wechatTally.push({ outcome, punishes });
        if (punishes) world.log.error({ event, outcome }, 'WeChat has punished the mini-program');
      },
    }),
  });
}

const words = (text: string): FileAnswer => ({
  type: 'text/plain; charset=utf-8',
  stream: Buffer.from(text),
  headers: { 'Cache-Control': 'no-store' },
});

/** Whoever is not believed hears always the same; what was wrong is for the operator, and nothing of what was said. */
function believing<T>(world: World, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    world.wechatTally.push({ outcome: 'refused', fault });
    world.log.warn({ fault }, 'a push was not believed');
    throw error instanceof Problem ? error : new Problem('wechat.not-believed', { cause: error });
  }
}

function faultOf(error: unknown): PushFault | null {
  if (error instanceof PushRefused) return error.fault;
  return error instanceof Problem ? 'size' : null;
}
