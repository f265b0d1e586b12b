import type { StandInApp } from './app';
import { button, escaped, latest, moment, none, section } from './page-words';
import type { SentMessage } from './subscribe-send';

/** Each person's phone: the messages it got, and what its owner may do in WeChat. */
export function peopleSection(app: StandInApp): string {
  // In the order in which they came, so that nobody's buttons move away under a hand.
  const people = [...app.people.visits].slice(-24);
  if (people.length === 0)
    return section('手机收到的消息', none('还没有人打开过小程序。登录一位演示人物，这里就有他的手机。'));
  return section(
    '手机收到的消息',
    `<p class="none">${hint}</p><div class="phones">${people.map(([openid]) => phone(app, openid)).join('')}</div>`,
  );
}

/** In a browser nobody can be asked: here one agrees in his place. */
const hint =
  '本人同意过，有了进展才收得到，同意一次收一条。在浏览器里试的：点开下面“在这个人的微信里”，替他点“同意一次”，再去点单、接单。';

function phone(app: StandInApp, openid: string): string {
  const visit = app.people.visits.get(openid);
  const sent = app.acts.sentMessages(openid);
  const name = visit?.nickname ?? openid;
  return `<article class="phone"><h3>${escaped(name)}</h3>
<p class="small">${visit ? `上次打开小程序 ${moment(visit.at)}` : ''}<br><code>${escaped(openid)}</code></p>
${
  latest(sent, 5)
    .map((message) => card(message, app.settings.landing))
    .join('') || none('还没有收到消息。')
}
${sent.length > 5 ? `<p class="small">更早还有 ${sent.length - 5} 条。</p>` : ''}
<details data-key="${escaped(openid)}"><summary>在这个人的微信里</summary>
${app.templates
  .all()
  .map((template) => consentRow(app, openid, template))
  .join('')}
<p>${button('注销微信账号', 'closeAccount', openid)}${button('撤回手机号授权', 'revoke', openid, '8')}${button('撤回头像昵称授权', 'revoke', openid, '6')}</p></details></article>`;
}

/** As WeChat shows it: what it is, its lines, and where it leads. */
const card = (
  { at, title, page, lines }: SentMessage,
  landing: string | undefined,
): string => `<div class="card"><p class="small">服务通知　${moment(at)}</p>
<h4>${escaped(title)}</h4><dl>${lines
  .map((line) => `<dt>${escaped(line.title)}</dt><dd>${escaped(line.value)}</dd>`)
  .join('')}</dl>
<p class="link">${page === null ? '点了打不开' : opening(page, landing)}</p></div>`;

/** Where a tap leads: the same door, in a browser. */
function opening(page: string, landing: string | undefined): string {
  const key = /\?k=([\w-]+)$/.exec(page)?.[1];
  const path = `<code>${escaped(page)}</code>`;
  if (key === undefined || landing === undefined) return `点开：${path}`;
  return `<a href="${escaped(landing + key)}" target="_blank" rel="noreferrer">点开看看</a>　${path}`;
}

function consentRow(
  { consents }: StandInApp,
  openid: string,
  { id, title, kind }: { id: string; title: string; kind: string },
): string {
  const left = consents.left(openid, id);
  const state = kind === 'longTerm' && left > 0 ? '长期同意' : `还能收 ${left} 条`;
  return `<p class="consent"><span>${escaped(title)}：${state}</span>${button('同意一次', 'answerPopup', openid, { [id]: 'accept' })}${button('不再接收', 'withdraw', openid, id)}</p>`;
}
