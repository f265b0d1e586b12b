import { emptyDemoTown, whatIsThere } from './demo/empty';
import { fillDemoTown } from './demo/fill';
import { endOnFault, filesFolder, readConfig, type Config } from './foundation/config';
import { connectDatabase } from './foundation/database/connect';
import { createFiles } from './foundation/world/files';
import { openVault } from './foundation/personal-data/open-vault';
import { entities } from './rooms';

/** Entry of seed.js: fills the demo town where it is missing; `--again` empties it first. */
const started = performance.now();
const say = (line: string): void => console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} 秒  ${line}`);

const refusal = (config: Config): string | null => {
  if (config.mode === 'production')
    return '正式环境不填演示数据 / the demo town does not belong into production (SANDAN_MODE)';
  return config.storage.kind === 'local'
    ? null
    : '演示照片只放在本机磁盘 / the demo pictures stay on the local disk (STORAGE)';
};

const config = readConfig(process.env);
const refused = refusal(config);
if (refused) {
  console.error(refused);
  process.exit(1);
}
const database = await connectDatabase({
  url: config.databaseUrl,
  entities,
  vault: openVault(config),
  writers: 2,
}).catch(endOnFault);
try {
  await seed();
} finally {
  await database.close();
}

async function seed(): Promise<void> {
  const files = await createFiles({ kind: 'local', folder: filesFolder(config) });
  const there = await whatIsThere(database.reading);
  if (there.state === 'other') {
    console.error('数据库里已经有别的数据，没有填演示镇 / the database holds other data, nothing was filled');
    process.exitCode = 1;
    return;
  }
  if (there.state === 'demo') {
    const again = process.argv.includes('--again');
    if (!again) return say(`演示镇已经在了(${there.firstDay.slice(0, 10)} 起)`);
    await emptyDemoTown(database, files);
    say('清空了原来的演示镇');
  }
  await fillDemoTown({ database, files, today: new Date(), say });
  say('演示镇填好了');
}
