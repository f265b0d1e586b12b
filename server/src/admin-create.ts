import { parseArgs } from 'node:util';
import { connectDatabase } from './foundation/database/connect';
import { endOnFault, keysFileOf } from './foundation/config';
import { openVault } from './foundation/personal-data/open-vault';
import { pendingMigrations } from './foundation/database/migrate';
import { CannotMake } from './first-administrator/cannot-make';
import { makeAdministrator, type Made, type Wish } from './first-administrator/first-administrator';
import { entities } from './rooms';

/** Entry of admin-create.js: `npm run admin:create -- --name 张三` (README, First administrator). */
const usage = `用法 Usage: npm run admin:create -- --name 姓名 [--grid 网格编号] [--county-name 县名 --county-code 12位区划代码]`;

function wishOf(args: string[]): Wish {
  const text = { type: 'string' } as const;
  const options = { name: text, grid: text, 'county-name': text, 'county-code': text };
  try {
    const { values } = parseArgs({ args, options });
    const name = values.name?.trim() ?? '';
    if (name === '' || name.length > 40) throw new CannotMake(usage);
    return { name, grid: values.grid, countyName: values['county-name'], countyCode: values['county-code'] };
  } catch (error) {
    throw error instanceof CannotMake ? error : new CannotMake(usage, { cause: error });
  }
}

/** The key stands behind the #, which browsers send to nobody: no log and no preview of a link ever sees it. */
function tell({ isNew, gridName, key, expiresAt }: Made, name: string): void {
  const { SANDAN_ORIGIN, HOST = '127.0.0.1', PORT = '3000' } = process.env;
  const site = SANDAN_ORIGIN?.replace(/\/+$/, '') || `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${PORT}`;
  console.log(`
${isNew ? '新建了管理员 Administrator made' : '管理员已在，重新给了链接 A new link for'}  ${name}（${gridName}）

  在办公电脑上打开，只能用一次，${expiresAt.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai' })} 前有效：
  Open it on the office computer; it works once, for half an hour:

  ${site}/#/packages/access/pages/sign-in-link/index?k=${key}

  打开后马上设置二次验证；从前的二次验证随之作废。
  It leads to setting up the second factor; an earlier one ends with it.
`);
}

async function main(): Promise<void> {
  const wish = wishOf(process.argv.slice(2));
  const url = process.env['DATABASE_URL'];
  if (!url) throw new CannotMake('DATABASE_URL 没有设置 / is missing');
  const vault = openVault({ mode: 'production', keysFile: keysFileOf(process.env) });
  const database = await connectDatabase({ url, entities, writers: 2, vault });
  try {
    const pending = await pendingMigrations((sql) => database.reading.query(sql)).catch(() => ['?']);
    if (pending.length > 0) throw new CannotMake('先建表：npm run db:migrate / run npm run db:migrate first');
    tell(await database.transaction((db) => makeAdministrator(db, wish, new Date())), wish.name);
  } finally {
    await database.close();
  }
}

await main().catch((error: unknown) => {
  if (!(error instanceof CannotMake)) return endOnFault(error);
  console.error(error.message);
  process.exitCode = 1;
});
