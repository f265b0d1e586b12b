import { dirname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ConfigFault, endOnFault, readConfig, type Config } from './foundation/config';
import { finishRestore } from './foundation/backup/finish-restore';
import type { Manifest } from './foundation/backup/manifest';
import { restoreBackup } from './foundation/backup/restore';
import { DamagedBackup } from './foundation/backup/sealed-stream';
import { connectDatabase, type Database } from './foundation/database/connect';
import { migrate } from './foundation/database/migrate';
import { readKeyRing } from './foundation/personal-data/key-ring';
import { resealAll } from './foundation/personal-data/rotate-keys';
import { createVault } from './foundation/personal-data/vault';
import { openFiles } from './foundation/world/open-files';
import { entities } from './rooms';

const say = (line: string): void => console.log(line);

/** Entry of restore.js: `npm run restore -- <folder of a backup>` into the empty database of DATABASE_OWNER_URL. */
async function restore(given: string | undefined): Promise<void> {
  if (!given) throw new ConfigFault(['npm run restore -- <备份文件夹>']);
  const path = resolve(given);
  const config = readConfig(process.env);
  const ownerUrl = process.env['DATABASE_OWNER_URL'] || config.databaseUrl;
  const ring = readKeyRing(config.keysFile);
  const manifest = await restoreBackup({ ownerUrl, files: await openFiles(config), ring, path, say });
  const vault = createVault(() => ring);
  const ran = await migrate({ ownerUrl, applicationUrl: config.databaseUrl, entities, vault });
  if (ran.length > 0) say(`已升级：${ran.join(', ')}`);
  const database = await connectDatabase({ url: ownerUrl, entities, vault, writers: 4 });
  try {
    await finish(database, config, manifest, path);
  } finally {
    await database.close();
  }
  say(`恢复好了：${manifest.at} 的备份，${manifest.tables.length} 张表，${manifest.files.length} 个文件`);
  say('这个时间以后的任命、免职、停用账号都不在里面，请打开“人员任职”核对；恢复码已作废，请各自重新生成。');
}

async function finish(database: Database, config: Config, manifest: Manifest, path: string): Promise<void> {
  const ring = readKeyRing(config.keysFile);
  const { ended, erasedAgain } = await finishRestore({
    ...{ database, files: await openFiles(config), ring, manifest, now: new Date() },
    folders: [dirname(path), config.backupDir],
  }).catch((error: unknown) => {
    console.error('数据已经放回，但注销名单没有执行完。请不要启动服务：清空数据库，解决下面的问题，再恢复一次。');
    throw error;
  });
  say(`已让 ${ended} 个登录退出；备份以后注销的人重新注销：${erasedAgain} 人`);
  const known = new Set(ring.index.keys.map(({ id }) => id));
  if (manifest.keys.index.every((id) => known.has(id))) return;
  say('检索密钥换过，正在重建检索');
  await resealAll({ database, keysFile: config.keysFile, backupDir: config.backupDir, settle: 0, wait, say });
}

try {
  await restore(process.argv[2]);
} catch (error) {
  if (!(error instanceof DamagedBackup)) endOnFault(error);
  console.error(error.message);
  process.exitCode = 1;
}
