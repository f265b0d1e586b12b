import { ConfigFault } from '../config';
import { testVault } from '../../../test/vault';
import { connectDatabase } from './connect';

/** A wrong address of the database is the operator's to mend, so it is told as such, and never with the password. */
const told = async (url: string): Promise<string> => {
  try {
    await connectDatabase({ url, entities: [], vault: testVault });
    return 'connected';
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
    throw error;
  }
};

test('what is no address of a database is not repeated: a password may stand in it', async () => {
  for (const url of ['sandan:hush@db', 'postgres://sandan:hush@127.0.0.1:5432/sandan']) {
    expect(await told(url)).toContain('mysql://user:password@host:port/database');
    expect(await told(url)).not.toContain('hush');
  }
});

test('nobody there: said in one line, without the password', async () => {
  expect(await told('mysql://sandan:hush@127.0.0.1:1/sandan')).toBe(
    '不能运行，请改好下面的设置 / cannot start:\n  - 数据库连不上，请检查地址、账号和密码 / the database cannot be used: connect ECONNREFUSED 127.0.0.1:1',
  );
});

test('the account is refused: said in one line, without the password', async () => {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.password = 'hush';
  const message = await told(url.href);
  expect(message).toContain('Access denied');
  expect(message).not.toContain('hush');
});
