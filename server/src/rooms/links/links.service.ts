import type { LinkWhat } from '@sandan/shared/links/links.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { linkTo, thingOf, type Thing } from '../../foundation/links/links';
import { WechatFailure } from '../../foundation/world/wechat-call';
import { memberSeen, organizationSeen } from '../commitments/cards.queries';
import { deedSeen } from '../commitments/commitments.queries';

/** The one door for links (decisions.md §5.2): printed codes outlive every other page. */
const door = 'pages/open/index';

export const addressOf = (key: string): string => `/c/${key}`;
export const pictureKeyOf = (key: string): string => `codes/${key}.jpg`;

/** Whether the caller may see the thing, by the rules of its own room. @throws Problem the room's own 404 */
export async function mustSee(db: Reading, caller: Caller, { what, thingId }: Thing & { what: LinkWhat }) {
  switch (what) {
    case 'commitment':
      if (!(await deedSeen(db, caller, thingId))) throw new Problem('commitment.not-found');
      return;
    case 'member':
      if (!(await memberSeen(db, caller, thingId))) throw new Problem('member.not-found');
      return;
    case 'organization':
      if (!(await organizationSeen(db, caller, thingId))) throw new Problem('organization.not-found');
  }
}

/** Which page a key means. Whether this person may read what stands there is that page's affair. */
export async function destinationOf(db: Reading, key: string) {
  const thing = await thingOf(db, key);
  switch (thing?.what) {
    case 'commitment':
      return { page: 'commitment' as const, params: { commitmentId: thing.thingId } };
    case 'member':
      return { page: 'memberCard' as const, params: { personId: thing.thingId } };
    case 'organization':
      return { page: 'commitments' as const, params: { organizationId: thing.thingId } };
    default:
      throw new Problem('link.not-found');
  }
}

/**
 * The key of a thing with its picture in the storage. A code never changes, so WeChat is asked once for each; whoever asks
 * at the same time stores the same picture again.
 */
export async function codeOf(world: World, thing: Thing, now: Date): Promise<string> {
  const key = await world.database.transaction((db) => linkTo(db, thing, now));
  const stored = pictureKeyOf(key);
  if (await world.files.exists(stored)) return key;
  await world.files.put(stored, await drawnByWechat(world, key), 'image/jpeg');
  return key;
}

async function drawnByWechat({ wechat, config }: World, scene: string): Promise<Buffer> {
  try {
    return await wechat.unlimitedCode({ scene, page: door, envVersion: config.wechat.envVersion });
  } catch (failure) {
    if (failure instanceof WechatFailure) throw new Problem('link.code-away', { cause: failure, retryAfter: 10 });
    throw failure;
  }
}
