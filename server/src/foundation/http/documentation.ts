import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context } from 'koa';
import type { Route } from './implement';
import { describeApi } from './openapi';
import type { Page } from './pages';
import { revalidate } from './revalidate';

const swaggerFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** The API to read: `/api/openapi.json`, and a page to browse it and try it out. */
export function documentation(routes: readonly Route[]): Page[] {
  let description: string | undefined;
  const text: Page[] = [
    {
      path: '/api/openapi.json',
      send: (ctx) => sendText(ctx, 'json', (description ??= JSON.stringify(describeApi(routes)))),
    },
    { path: '/api/docs', send: (ctx) => sendPage(ctx) },
    { path: '/api/docs/start.js', send: (ctx) => sendText(ctx, 'js', starter) },
  ];
  const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
  return [
    ...text,
    ...files.map((name) => ({ path: `/api/docs/${name}`, send: (ctx: Context) => sendFile(ctx, name) })),
  ];
}

const page = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <title>三单接口说明</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

// No validator: it would send the address of this server to a foreign one.
const starter = `window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** The page brings its own styles and `data:` pictures; scripts are files here too. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function sendPage(ctx: Context): void {
  ctx.set('Content-Security-Policy', policy);
  sendText(ctx, 'html', page);
}

function sendText(ctx: Context, type: string, text: string): void {
  ctx.type = type;
  ctx.body = text;
  revalidate(ctx, createHash('sha256').update(text).digest('base64url').slice(0, 22));
}

async function sendFile(ctx: Context, name: string): Promise<void> {
  const path = join(swaggerFolder, name);
  const { size, mtimeMs } = await stat(path);
  ctx.type = name;
  ctx.body = createReadStream(path);
  ctx.length = size;
  revalidate(ctx, `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`);
}
