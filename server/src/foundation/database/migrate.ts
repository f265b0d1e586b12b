import { DataSource } from 'typeorm';
import { connectionOf, open, type EntityClass } from './connect';
import { grantsForApplication } from './grants';
import { FirstTown1764000000000 } from './migrations/1764000000000-first-town';
import { FigureMarks1764600000000 } from './migrations/1764600000000-figure-marks';
import { Commitments1764700000000 } from './migrations/1764700000000-commitments';
import { Showcases1764800000000 } from './migrations/1764800000000-showcases';
import { LinksAndChecks1764900000000 } from './migrations/1764900000000-links-and-checks';
import { CommitmentImports1765000000000 } from './migrations/1765000000000-commitment-imports';
import { CommitmentReminders1765200000000 } from './migrations/1765200000000-commitment-reminders';
import { CountedOrders1765300000000 } from './migrations/1765300000000-counted-orders';
import { giveVault } from '../personal-data/migration-vault';
import type { Vault } from '../personal-data/vault';
import { GatheredMessages1765450000000 } from './migrations/1765450000000-gathered-messages';
import { Visits1765545000000 } from './migrations/1765545000000-visits';
import { PersonalData1765500000000 } from './migrations/1765500000000-personal-data';
import { AuditChain1765510000000 } from './migrations/1765510000000-audit-chain';
import { Access1765520000000 } from './migrations/1765520000000-access';
import { TreesAndPosts1765530000000 } from './migrations/1765530000000-trees-and-posts';
import { RightsOfThePerson1765570000000 } from './migrations/1765570000000-rights-of-the-person';
import { HeldTasks1765700000000 } from './migrations/1765700000000-held-tasks';
import { FamilyAndChecks1765600000000 } from './migrations/1765600000000-family-and-checks';
import { HouseholdsAndBinding1765540000000 } from './migrations/1765540000000-households-and-binding';
import { Sweeps1765560000000 } from './migrations/1765560000000-sweeps';
import { Rosters1765550000000 } from './migrations/1765550000000-rosters';
import { CountyLists1765740000000 } from './migrations/1765740000000-county-lists';
import { DesktopDigits1765750000000 } from './migrations/1765750000000-desktop-digits';
import { EndsOfTerms1765770000000 } from './migrations/1765770000000-ends-of-terms';
import { ClosedNodes1765760000000 } from './migrations/1765760000000-closed-nodes';
import { CoveringKeys1765790000000 } from './migrations/1765790000000-covering-keys';
import { Profiles1765870000000 } from './migrations/1765870000000-profiles';
import { FailedPushes1765881000000 } from './migrations/1765881000000-failed-pushes';
import { ShownOrHidden1765882000000 } from './migrations/1765882000000-shown-or-hidden';
import { SendingQueue1765880000000 } from './migrations/1765880000000-sending-queue';
import { WechatToken1765800000000 } from './migrations/1765800000000-wechat-token';
import { Inbox1765830000000 } from './migrations/1765830000000-inbox';
import { WechatTally1765812000000 } from './migrations/1765812000000-wechat-tally';
import { WechatPushes1765810000000 } from './migrations/1765810000000-wechat-pushes';
import { LiveTickets1765860000000 } from './migrations/1765860000000-live-tickets';
import { LiveInbox1765884000000 } from './migrations/1765884000000-live-inbox';
import { OfficeWords1765890000000 } from './migrations/1765890000000-office-words';
import { DeedAnswers1765890100000 } from './migrations/1765890100000-deed-answers';
import { LeftOutMessages1765895000000 } from './migrations/1765895000000-left-out-messages';
import { VoiceWords1765896000000 } from './migrations/1765896000000-voice-words';
import { SubscribeMessages1765820000000 } from './migrations/1765820000000-subscribe-messages';
import { Digests1765831000000 } from './migrations/1765831000000-digests';
import { CallNotes1765832000000 } from './migrations/1765832000000-call-notes';
import { ReplacedCodes1765850000000 } from './migrations/1765850000000-replaced-codes';
import { Activities1765851000000 } from './migrations/1765851000000-activities';
import { WalkedIn1765883000000 } from './migrations/1765883000000-walked-in';
import { ConnectionsAndChecks1765620000000 } from './migrations/1765620000000-connections-and-checks';
import { ContentChecks1765840000000 } from './migrations/1765840000000-content-checks';
import { ErasuresTold1765720000000 } from './migrations/1765720000000-erasures-told';

/** By name, no globs: they do not survive bundling (decisions.md §6.4). */
export const migrations = [
  FirstTown1764000000000,
  FigureMarks1764600000000,
  Commitments1764700000000,
  Showcases1764800000000,
  LinksAndChecks1764900000000,
  CommitmentImports1765000000000,
  CommitmentReminders1765200000000,
  CountedOrders1765300000000,
  GatheredMessages1765450000000,
  PersonalData1765500000000,
  AuditChain1765510000000,
  Access1765520000000,
  TreesAndPosts1765530000000,
  Visits1765545000000,
  RightsOfThePerson1765570000000,
  FamilyAndChecks1765600000000,
  HouseholdsAndBinding1765540000000,
  Sweeps1765560000000,
  Rosters1765550000000,
  ConnectionsAndChecks1765620000000,
  HeldTasks1765700000000,
  ErasuresTold1765720000000,
  CountyLists1765740000000,
  DesktopDigits1765750000000,
  EndsOfTerms1765770000000,
  ClosedNodes1765760000000,
  CoveringKeys1765790000000,
  WechatToken1765800000000,
  WechatPushes1765810000000,
  ContentChecks1765840000000,
  LiveTickets1765860000000,
  SubscribeMessages1765820000000,
  WechatTally1765812000000,
  Inbox1765830000000,
  Digests1765831000000,
  CallNotes1765832000000,
  ReplacedCodes1765850000000,
  Activities1765851000000,
  Profiles1765870000000,
  SendingQueue1765880000000,
  FailedPushes1765881000000,
  ShownOrHidden1765882000000,
  WalkedIn1765883000000,
  LiveInbox1765884000000,
  OfficeWords1765890000000,
  DeedAnswers1765890100000,
  LeftOutMessages1765895000000,
  VoiceWords1765896000000,
];

/** Whether something may be sealed in this database: then its keys exist somewhere. */
export async function hasSealedData(ownerUrl: string): Promise<boolean> {
  const source = new DataSource({ type: 'mariadb', ...connectionOf(ownerUrl), poolSize: 1 });
  await open(source);
  try {
    const [table] = (await source.query("SHOW TABLES LIKE 'migration'")) as unknown[];
    if (!table) return false;
    const { name } = new PersonalData1765500000000();
    return ((await source.query('SELECT 1 FROM migration WHERE name = ?', [name])) as unknown[]).length > 0;
  } finally {
    await source.destroy();
  }
}

export interface MigrateOptions {
  ownerUrl: string;
  /** The application's account; when it is another one it is given its rights per table. */
  applicationUrl?: string;
  entities: EntityClass[];
  /** What old data is sealed with. */
  vault: Vault;
}

/** Runs what is pending under a lock, so that two processes starting at once do not meet. Returns the names that ran. */
export async function migrate({ ownerUrl, applicationUrl, entities, vault }: MigrateOptions): Promise<string[]> {
  const source = new DataSource({
    type: 'mariadb',
    ...connectionOf(ownerUrl),
    entities,
    migrations,
    migrationsTableName: 'migration',
    timezone: 'Z',
    charset: 'utf8mb4',
    poolSize: 2,
  });
  giveVault(source, vault);
  await open(source);
  const lock = source.createQueryRunner();
  try {
    await lock.query("SELECT GET_LOCK(CONCAT('sandan:', DATABASE()), 120)");
    const ran = await source.runMigrations({ transaction: 'none' });
    if (applicationUrl) await grantsForApplication(source, connectionOf(ownerUrl), connectionOf(applicationUrl));
    return ran.map(({ name }) => name);
  } finally {
    await lock.query("SELECT RELEASE_LOCK(CONCAT('sandan:', DATABASE()))");
    await lock.release();
    await source.destroy();
  }
}

/** Names of migrations that have not run; the server is not ready while there are any. */
export async function pendingMigrations(query: (sql: string) => Promise<{ name: string }[]>): Promise<string[]> {
  const ran = new Set((await query('SELECT name FROM migration')).map(({ name }) => name));
  return migrations.map((migration) => migration.name).filter((name) => !ran.has(name));
}
