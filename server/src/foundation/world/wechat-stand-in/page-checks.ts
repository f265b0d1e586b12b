import type { StandInApp } from './app';
import { button, escaped, latest, moment, none, section, verdictWords } from './page-words';
import type { PushOutcome } from './pushes';
import { normal } from './text-check';

/** Texts, pictures and sounds that were to be judged, and how they were. */
export function checksSection({ acts }: StandInApp): string {
  const texts = latest(acts.checkedTexts(), 20).map(
    ({ content, suggest, label }) =>
      `<tr><td>文字</td><td>${escaped(content)}</td><td>${verdictWords(suggest, label)}</td></tr>`,
  );
  const media = latest(acts.checkedMedia(), 20).map(({ url, errcode, suggest, label }) => {
    const verdict = errcode === 0 ? verdictWords(suggest, label) : '<span class="bad">下载不了或不认识</span> -1008';
    return `<tr><td>图片或声音</td><td><code>${escaped(withoutQuery(url))}</code></td><td>${verdict}</td></tr>`;
  });
  const rows = [...texts, ...media];
  const table =
    rows.length === 0
      ? none('还没有要检查的文字或图片。')
      : `<div class="wide"><table><tbody>${rows.join('')}</tbody></table></div>`;
  return section('内容检查', `<p>${scripts}</p>${table}`);
}

/** Everything passes unless a person has said otherwise. */
const scripts = [
  button('含“赌场”的文字判违规', 'judge', '赌场', { suggest: 'risky', label: 20_006 }),
  button('含“靠不住”的文字判存疑', 'judge', '靠不住', { suggest: 'review', label: 20_003 }),
  button('以后的图片都判违规', 'judgeMedia', { part: '', suggest: 'risky', label: 20_002 }),
  button('以后的图片都判存疑', 'judgeMedia', { part: '', suggest: 'review', label: 20_002 }),
  button('以后的图片都通过', 'judgeMedia', { part: '', ...normal }),
].join('');

/** Its signature would let whoever looks on fetch the picture. */
const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? '';

/** What was told to the server, and what it answered. */
export function pushesSection(app: StandInApp): string {
  const { acts, pushes } = app;
  const outcomes = latest(acts.pushOutcomes(), 20);
  const url = pushes.pushUrl();
  const to = url === null ? '还没有填推送地址。' : `推送到 <code>${escaped(url)}</code>。`;
  if (outcomes.length === 0) return section('消息推送', `<p>${to}</p>${none('还没有推送过。')}`);
  const head = '<thead><tr><th>时间</th><th>事件</th><th>关于谁</th><th>对方怎么答</th></tr></thead>';
  return section(
    '消息推送',
    `<p>${to}</p><div class="wide"><table>${head}<tbody>${outcomes.map(rowOf(app)).join('')}</tbody></table></div>`,
  );
}

/** What a push tells, in words; one of another kind by its own name. */
const eventWords: Readonly<Record<string, string>> = {
  subscribe_msg_popup_event: '在弹窗里选了允不允许通知',
  subscribe_msg_change_event: '在微信设置里改了允不允许通知',
  subscribe_msg_sent_event: '消息送到没有',
  wxa_media_check: '图片、声音检查好了',
  user_info_modified: '改了微信资料',
  user_authorization_revoke: '收回了授权',
  user_authorization_cancellation: '注销了微信账号',
  wxa_punish_event: '处罚小程序',
};
const told = (event: string): string =>
  `${escaped(eventWords[event] ?? '')} <code class="small">${escaped(event)}</code>`;

const rowOf =
  ({ people }: StandInApp) =>
  ({ at, event, openid, status, body, tries, taken }: PushOutcome): string =>
    `<tr><td>${moment(at)}</td><td>${told(event)}</td><td>${escaped(people.visits.get(openid)?.nickname ?? openid)}</td><td>${
      taken
        ? '<span class="good">收下了</span>'
        : `<span class="bad">没有收下</span> ${status ?? '没有回答'} ${escaped((body ?? '').slice(0, 80))}`
    }${tries > 1 ? `（试了 ${tries} 次）` : ''}</td></tr>`;
