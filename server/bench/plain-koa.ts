import Koa from 'koa';

/** The least a Koa can do: what everything else is measured against. */
const app = new Koa();
app.use((ctx) => {
  ctx.body = { hello: 'world' };
});
app.listen(Number(process.env['PORT']), '127.0.0.1');
