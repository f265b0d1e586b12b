import { linksApi } from '@sandan/shared/links/links.contract';
import { Problem } from '@sandan/shared/problems';
import { implement, outsideFirst, type Route } from '../../foundation/http/implement';
import { codeOf, pictureKeyOf } from '../../foundation/links/codes';
import { appLinkOf } from '../../foundation/links/app-link';
import { linkOf, linkTo } from '../../foundation/links/links';
import { serveCode } from '../../foundation/photos/serve-stored';
import { checkAddress, signAddress } from '../../foundation/photos/signed-address';
import { doorOf } from './door.service';
import { addressOf, destinationOf, mustBeGood, mustSee } from './links.service';

export const linksRoutes: Route[] = implement('links', linksApi, {
  give: async ({ db, caller, params, now }) => {
    await mustSee(db, caller, params);
    const key = await linkTo(db, params, now);
    return { key, address: addressOf(key) };
  },
  code: outsideFirst({
    before: async ({ reading, world, caller, params, now }) => {
      await mustSee(reading, caller, params);
      return codeOf(world, params, now);
    },
    write: async ({ prepared: key, world, now }) => ({
      ...{ key, address: addressOf(key) },
      image: signAddress({ kind: 'code', id: key, size: 'full' }, world.signing, now),
    }),
  }),
  open: ({ db, caller, params }) => destinationOf(db, caller, params.key),
  app: async ({ db, params: { key }, world, now }) => {
    mustBeGood(await linkOf(db, key));
    return { address: await appLinkOf(world, key, now) };
  },
  door: ({ db, caller, params }) => doorOf(db, caller, params.key),
  picture: async ({ world, params, query, now }) => {
    if (!checkAddress({ kind: 'code', id: params.key, size: 'full' }, query, world.signing, now))
      throw new Problem('photo.link-expired');
    return serveCode(world.files, pictureKeyOf(params.key, world.config));
  },
});
