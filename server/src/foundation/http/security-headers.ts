import helmet from 'helmet';
import type { Context, Next } from 'koa';
import type { Config } from '../config';

/** Headers of decisions.md §4.9: Taro needs inline styles and a `data:` font, and no inline script at all. */
export function securityHeaders(config: Config) {
  const s3 = config.storage.kind === 's3' && config.storage.endpoint ? [new URL(config.storage.endpoint).origin] : [];
  const apply = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:', 'blob:', ...s3],
        mediaSrc: ["'self'", 'blob:', ...s3],
        connectSrc: ["'self'", 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // The demo runs on plain http; a promise of https would lock its visitors out of the address.
    strictTransportSecurity: config.mode === 'production',
  });
  return async (ctx: Context, next: Next) => {
    await new Promise<void>((resolve, reject) => {
      apply(ctx.req, ctx.res, (error) => (error ? reject(error as Error) : resolve()));
    });
    await next();
  };
}
