import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { backupDirOf, endOnFault, keysFileOf } from './foundation/config';
import { connectDatabase } from './foundation/database/connect';
import { newKeyRing, readKeyRing, writeKeyRing } from './foundation/personal-data/key-ring';
import { dropKey, keysInUse, type Dropped } from './foundation/personal-data/drop-key';
import { addKey, resealAll, rotateKeys, useKey, type Rotation } from './foundation/personal-data/rotate-keys';
import type { SuiteName } from './foundation/personal-data/suites';
import { createVault } from './foundation/personal-data/vault';
import { entities } from './rooms';

/**
 * Entry of keys.js: `npm run keys -- <command>`. `rotate` is all of a change on one machine; where several machines have
 * copies of the key file, `add`, `use` and `reseal` are its steps, and the file is copied after each of the first two.
 */
const [command = 'status', ...rest] = process.argv.slice(2);
const options = new Set(rest.filter((word) => word.startsWith('--')));
const [id = ''] = rest.filter((word) => !word.startsWith('--'));
const suite: SuiteName = options.has('--sm') ? 'sm' : 'aes';
const which = options.has('--index') ? 'index' : 'seal';
const keysFile = keysFileOf(process.env);
const say = (line: string): void => console.log(line);

const usage = `npm run keys -- <命令>
  status            有哪些密钥，各加密了多少条
  create [--sm]     新建密钥文件（--sm：国密 SM4/SM3）
  rotate [--sm]     换加密密钥：新建、启用、重新加密，可在运行中进行；--index 换检索密钥
  add [--sm]        只新建（多台机器时，建好后把密钥文件复制到每台）
  use <编号>        只启用
  reseal            只重新加密
  drop <编号>       删除已不用的密钥；还有备份要用它时不删
                    --give-up-backups  连同这些备份一起放弃，它们从此谁也打不开
换密钥时名册导入会稍等；换到一半停了，再运行一次 rotate，会接着换。`;

const notDropped: Record<Exclude<Dropped['is'], 'dropped' | 'needed-by-backups'>, string> = {
  unknown: '没有这个密钥',
  'in-use': '这个密钥正在使用，请先 rotate',
  'still-holds-values': '还有数据是用它加密的，请再 drop 一次；仍不行就先 reseal',
  busy: '有一项操作长时间没有完成，里面可能有用它加密的数据，没有删除；请过几分钟再试',
};

function whyKept(answer: Exclude<Dropped, { is: 'dropped' }>): string {
  if (answer.is !== 'needed-by-backups') return notDropped[answer.is];
  const { backups, files } = answer.need;
  const lines = [
    ...(backups.length > 0 ? [`这些备份要用它才能恢复：${backups.join('、')}`] : []),
    ...(files > 0 ? [`备份文件夹里还有 ${files} 个副本是用它加密的，npm run backup 会换成新密钥`] : []),
    '没有删除。等旧备份过了保存天数（BACKUP_DAYS）被清理后再删；',
    '这些备份确实不要了，就加 --give-up-backups，它们从此谁也打不开。',
  ];
  return lines.join('\n');
}

/** Processes look at the file every two seconds, and a request may take a while. */
const settle = 10_000;

async function withDatabase<T>(work: (rotation: Rotation) => Promise<T>): Promise<T> {
  const ring = readKeyRing(keysFile);
  const database = await connectDatabase({
    ...{ url: process.env['DATABASE_URL'] ?? '', entities, writers: 4 },
    vault: createVault(() => ring),
  });
  try {
    return await work({ database, keysFile, backupDir: backupDirOf(process.env), settle, wait, say });
  } finally {
    await database.close();
  }
}

async function status(rotation: Rotation): Promise<void> {
  say(`密钥文件 ${keysFile}`);
  for (const { id: key, suite: of, isCurrent, values } of await keysInUse(rotation)) {
    const held = values === null ? '检索' : `${values} 条`;
    say(`  ${key.padEnd(6)} ${of === 'sm' ? '国密 SM4/SM3' : 'AES-256-GCM'}  ${held}${isCurrent ? '  使用中' : ''}`);
  }
}

async function drop(rotation: Rotation): Promise<void> {
  const answer = await dropKey(rotation, id, { giveUpBackups: options.has('--give-up-backups') });
  if (answer.is === 'dropped') return say(`密钥 ${id} 已删除`);
  console.error(whyKept(answer));
  process.exitCode = 1;
}

function create(): void {
  if (existsSync(keysFile)) {
    console.error(`${keysFile} 已经存在，没有改动 / is there already, nothing was changed`);
    process.exitCode = 1;
    return;
  }
  writeKeyRing(keysFile, newKeyRing(suite));
  say(`密钥文件建好了：${keysFile}\n请另存一份，与数据库分开保管。丢了它，手机号、住址、身份证号谁也打不开。`);
}

const commands: Record<string, () => Promise<unknown> | void> = {
  status: () => withDatabase(status),
  create,
  rotate: () =>
    withDatabase(async (rotation) => {
      say(`完成，共重新处理 ${await rotateKeys(rotation, which, suite)} 条`);
      await status(rotation);
    }),
  add: () => say(`新密钥 ${addKey(keysFile, which, suite)} 已加入`),
  use: () => useKey(keysFile, which, id),
  reseal: () => withDatabase(async (rotation) => say(`完成，共重新处理 ${await resealAll(rotation)} 条`)),
  drop: () => withDatabase(drop),
};

const run = commands[command];
if (run) await Promise.resolve(run()).catch(endOnFault);
else {
  console.error(usage);
  process.exitCode = 1;
}
