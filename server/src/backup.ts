import { resolve } from 'node:path';
import { endOnFault, readConfig } from './foundation/config';
import { makeBackup } from './foundation/backup/backup';
import { readKeyRing } from './foundation/personal-data/key-ring';
import { openFiles } from './foundation/world/open-files';

/** Entry of backup.js: `npm run backup -- [folder]`, BACKUP_DIR by default. */
try {
  const config = readConfig(process.env);
  const path = await makeBackup({
    ...{ url: config.databaseUrl, files: await openFiles(config), ring: readKeyRing(config.keysFile) },
    ...{ folder: process.argv[2] ? resolve(process.argv[2]) : config.backupDir, keepDays: config.backupDays },
    ...{ now: new Date(), say: (line) => console.log(line) },
  });
  console.log(
    `备份好了：${path}\n它是加密的，恢复时要用密钥文件 ${config.keysFile}，请把密钥文件另存一份，不要和备份放在一起。`,
  );
} catch (error) {
  endOnFault(error);
}
