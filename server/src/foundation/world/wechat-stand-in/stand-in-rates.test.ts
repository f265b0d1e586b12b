import { newAppid, sharedClock, testApp } from '../../../../test/wechat';
import { wechatCaller } from '../../../../test/wechat-caller';
import { makeRates } from './rates';

/** The limits of a minute and of a second, as wechat.md §2, §3, §6, §7 say them. */
const start = Date.UTC(2026, 10, 16, 1);

/** How many go through at once, and what the next one hears. */
function boundOf(take: (rates: ReturnType<typeof makeRates>) => void) {
  let now = start;
  const rates = makeRates({ now: () => now });
  const until = (): [number, unknown] => {
    for (let count = 0; ; count += 1)
      try {
        take(rates);
      } catch (refusal) {
        return [count, (refusal as { errcode: number }).errcode];
      }
  };
  const first = until();
  now += 1_000;
  const second = until()[0];
  now = start + 60_000;
  return { first, aSecondLater: second, aMinuteLater: until()[0] };
}

test.each([
  ['/cgi-bin/stable_token', 10_000, 45011],
  ['/wxa/msg_sec_check', 4_000, 44991],
  ['/wxa/media_check_async', 2_000, 44991],
  ['/wxa/getwxacodeunlimit', 5_000, 45011],
])('%s: %i a minute', (path, most, errcode) => {
  const bound = boundOf((rates) => rates.take(path));
  expect(bound).toEqual({ first: [most, errcode], aSecondLater: 0, aMinuteLater: most });
});

test('links: a hundred a second, of both kinds together', () => {
  const kinds = ['/wxa/generate_urllink', '/wxa/generatescheme'];
  let turn = 0;
  const bound = boundOf((rates) => rates.take(kinds[(turn += 1) % 2] ?? ''));
  expect(bound).toEqual({ first: [100, 44990], aSecondLater: 100, aMinuteLater: 100 });
});

test('one person signs in a hundred times a minute, and others meanwhile; the code that was refused is good afterwards', async () => {
  const app = { appid: newAppid(), secret: 'the-secret-of-the-app' };
  const clock = sharedClock(start);
  const standIn = await testApp({ ...app, clockFile: clock.file });
  const { ask } = wechatCaller(() => standIn, app);
  const login = async (code: string) => {
    const query = new URLSearchParams({ ...app, js_code: code, grant_type: 'authorization_code' });
    return (await ask(`/sns/jscode2session?${query}`)).reply.errcode ?? 0;
  };
  const all = new Set<number>();
  for (let times = 0; times < 100; times += 1) all.add(await login(await standIn.issueCode('o-wang')));
  expect([...all]).toEqual([0]);
  const code = await standIn.issueCode('o-wang');
  expect(await login(code)).toBe(45011);
  expect(await login(await standIn.issueCode('o-li'))).toBe(0);
  clock.advance(60_000);
  expect(await login(code)).toBe(0);
  await standIn.remove();
  await standIn.close();
  clock.remove();
});
