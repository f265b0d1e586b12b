import { testVault } from '../../../test/vault';
import { createConnection, type Connection } from 'mysql2/promise';
import { ulid } from 'ulid';
import { entities } from '../../rooms';
import { auditFaults, refuseChangeableAudit } from '../audit/append-only';
import { ConfigFault } from '../config';
import { connectionOf } from './connect';
import { migrate } from './migrate';

/** A database of its own with two accounts, as `npm start` makes them: the owner migrates, the application lives in it. */
const name = `sandan_grants_${process.pid}`;
const password = 'only for this test';
let root: Connection;
let application: Connection;

const urlOf = (username: string, database: string): string => {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.username = username;
  url.password = encodeURIComponent(password);
  url.pathname = `/${database}`;
  return url.toString();
};

beforeAll(async () => {
  const {
    username,
    password: secret,
    database: _none,
    ...where
  } = connectionOf(process.env['TEST_DATABASE_URL'] ?? '');
  root = await createConnection({ ...where, user: username, password: secret });
  await root.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  for (const account of ['owner', 'app'])
    await root.query(`CREATE USER ?@'%' IDENTIFIED BY ?`, [`${account}_${name}`, password]);
  await root.query(`GRANT ALL ON ${name}.* TO ?@'%' WITH GRANT OPTION`, [`owner_${name}`]);
  await migrate({
    ownerUrl: urlOf(`owner_${name}`, name),
    applicationUrl: urlOf(`app_${name}`, name),
    entities,
    vault: testVault,
  });
  application = await createConnection({ ...where, user: `app_${name}`, password, database: name });
});

afterAll(async () => {
  await application.end();
  await root.query(`DROP DATABASE ${name}`);
  for (const account of ['owner', 'app']) await root.query(`DROP USER ?@'%'`, [`${account}_${name}`]);
  await root.end();
});

const denied = { code: 'ER_TABLEACCESS_DENIED_ERROR' };

test('the application writes down acts in the audit table and can neither change nor remove them', async () => {
  await application.query("INSERT INTO audit_entry (id, at, act) VALUES (?, UTC_TIMESTAMP(3), 'signIn')", [ulid()]);
  const [rows] = await application.query('SELECT act FROM audit_entry');
  expect(rows).toHaveLength(1);
  await expect(application.query("UPDATE audit_entry SET act = 'nothing'")).rejects.toMatchObject(denied);
  await expect(application.query('DELETE FROM audit_entry')).rejects.toMatchObject(denied);
});

test('of the chain it may add links and read them, and nothing else', async () => {
  await application.query("INSERT INTO audit_seal (seq, entry_id, hash) VALUES (1, 'x', REPEAT('x', 32))");
  const [rows] = await application.query('SELECT seq FROM audit_seal');
  expect(rows).toHaveLength(1);
  for (const table of ['audit_entry', 'audit_seal', 'audit_check', 'audit_anchor']) {
    for (const attempt of ['DELETE FROM', 'TRUNCATE', 'DROP TABLE'])
      await expect(application.query(`${attempt} ${table}`)).rejects.toMatchObject(denied);
    const column = table === 'audit_entry' ? 'at' : 'seq';
    await expect(application.query(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toMatchObject(denied);
  }
  const anchor = "INSERT INTO audit_anchor (seq, hash, at) VALUES (1, REPEAT('x', 32), UTC_TIMESTAMP())";
  await expect(application.query(anchor)).rejects.toMatchObject(denied);
});

test('the application cannot change the shape of a table, nor say that a migration ran', async () => {
  await expect(application.query('ALTER TABLE person ADD COLUMN x INT')).rejects.toMatchObject(denied);
  await expect(application.query('DROP TABLE person')).rejects.toMatchObject(denied);
  await expect(application.query('DELETE FROM migration')).rejects.toMatchObject(denied);
});

test('it does its daily work in every other table', async () => {
  await expect(application.query("UPDATE person SET name = 'x' WHERE id = 'nobody'")).resolves.toBeDefined();
  await expect(application.query("DELETE FROM session WHERE id = 'none'")).resolves.toBeDefined();
});

describe('whether the audit can be changed is asked of the database itself', () => {
  test('the application of an installation with two accounts cannot, its owner can', async () => {
    expect(await auditFaults(urlOf(`app_${name}`, name))).toEqual([]);
    await expect(refuseChangeableAudit(urlOf(`owner_${name}`, name))).rejects.toThrow(ConfigFault);
    const [words = ''] = await auditFaults(urlOf(`owner_${name}`, name));
    expect(words).toContain('UPDATE audit_entry');
    expect(words).toContain('DELETE audit_seal');
  });

  test('rights given too widely afterwards are told, even where no statement shows them', async () => {
    await root.query(`GRANT DROP, TRIGGER ON ${name}.* TO ?@'%'`, [`app_${name}`]);
    expect((await auditFaults(urlOf(`app_${name}`, name))).join()).toMatch(/整个库上有 DROP、TRIGGER 权限/);
    await root.query(`GRANT ALL ON ${name}.* TO ?@'%'`, [`app_${name}`]);
    expect((await auditFaults(urlOf(`app_${name}`, name))).join()).toMatch(/UPDATE audit_entry.*GRANT ALL/s);
    await root.query(`REVOKE ALL ON ${name}.* FROM ?@'%'`, [`app_${name}`]);
    expect(await auditFaults(urlOf(`app_${name}`, name))).toEqual([]);
  });

  test.each([
    ['DROP, TRIGGER on the one table', 'DROP, TRIGGER', 'audit_entry', /DROP audit_entry，TRIGGER audit_entry/],
    ['one column', 'UPDATE (facts)', 'audit_entry', /UPDATE audit_entry/],
    ['ALTER on the anchors', 'ALTER', 'audit_anchor', /ALTER audit_anchor/],
  ])('so is %s, given to the account, to a role of its role, or to everybody', async (_, rights, table, words) => {
    const faults = async () => (await auditFaults(urlOf(`app_${name}`, name))).join();
    const [outer, inner, app] = [`outer_${name}`, `inner_${name}`, `app_${name}`];
    const on = `${rights} ON ${name}.${table}`;
    await root.query(`GRANT ${on} TO ?@'%'`, [app]);
    expect(await faults()).toMatch(words);
    await root.query(`REVOKE ${on} FROM ?@'%'`, [app]);

    for (const role of [inner, outer]) await root.query('CREATE ROLE ??', [role]);
    await root.query('GRANT ?? TO ??', [inner, outer]);
    await root.query(`GRANT ?? TO ?@'%'`, [outer, app]);
    expect(await faults()).toBe('');
    await root.query(`GRANT ${on} TO ??`, [inner]);
    expect(await faults()).toMatch(words);
    expect(await faults()).toContain(`来自角色 ${outer}`);
    for (const role of [inner, outer]) await root.query('DROP ROLE ??', [role]);

    await root.query(`GRANT ${on} TO PUBLIC`);
    expect(await faults()).toMatch(words);
    await root.query(`REVOKE ${on} FROM PUBLIC`);
    expect(await faults()).toBe('');
  });
});
