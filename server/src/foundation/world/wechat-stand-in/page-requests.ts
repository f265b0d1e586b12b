import type { StandInApp } from './app';
import type { JournalEntry } from './journal';
import { button, escaped, latest, moment, none, section } from './page-words';

const callWords: Readonly<Record<string, string>> = {
  '/sns/jscode2session': '登录',
  '/cgi-bin/stable_token': '取 access_token',
  '/cgi-bin/token': '取 access_token（旧）',
  '/wxa/business/getuserphonenumber': '取手机号',
  '/cgi-bin/message/subscribe/send': '发订阅消息',
  '/wxa/msg_sec_check': '检查文字',
  '/wxa/media_check_async': '检查图片或声音',
  '/wxa/getwxacodeunlimit': '画小程序码',
  '/wxa/generate_urllink': '要链接',
  '/wxa/generatescheme': '要链接',
  '/wxa/checksession': '核对登录',
  '/wxa/resetusersessionkey': '换登录密钥',
};

const faultWords: Readonly<Record<string, string>> = {
  ...{ cut: '断线', cutAfter: '答到一半断线', badGateway: '502', html: '答了一页网页', busy: '-1 系统繁忙' },
  ...{ tooOften: '45011 太频繁', unanswered: '还没有答' },
};

/** `slow 8000 ms`, and `/wxa/msg_sec_check refused 61010` for one path alone (faults.ts). */
const wordsOf = (fault: string): string =>
  Object.hasOwn(faultWords, fault)
    ? String(faultWords[fault])
    : fault.replace(/slow (\d+) ms$/, '慢 $1 毫秒').replace(/refused (-?\d+)$/, '拒绝 $1');

/** Everything that was asked, with what came of it. */
export function requestsSection({ journal: { entries } }: StandInApp): string {
  if (entries.length === 0) return section('收到的请求', none('还没有收到请求。'));
  const rows = latest(entries, 60).map(row).join('');
  return section(
    `收到的请求（共 ${entries.length} 次）`,
    `<div class="wide"><table><thead><tr><th>时间</th><th>做什么</th><th>地址</th><th>结果</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

function row({ at, call, outcome, errmsg }: JournalEntry): string {
  const path = call.split(' ')[1] ?? '';
  return `<tr><td>${moment(at)}</td><td>${callWords[path] ?? ''}</td><td><code>${escaped(call)}</code></td><td>${outcomeOf(outcome, errmsg)}</td></tr>`;
}

function outcomeOf(outcome: JournalEntry['outcome'], errmsg = ''): string {
  if (outcome === 0) return '<span class="good">成功</span>';
  return `<span class="bad">${escaped(wordsOf(String(outcome)))}</span> ${escaped(errmsg)}`;
}

/** What may go wrong, at the press of a button. */
export function controlsSection({ faults }: StandInApp): string {
  const { outage, next } = faults.faultsAhead();
  const state = outage
    ? '<strong class="bad">微信现在断着，所有请求都没有回答。</strong>'
    : `<span class="good">微信正常。</span>${next.length > 0 ? `接下来会出错：${next.map((each) => escaped(wordsOf(each))).join('、')}` : ''}`;
  const busy = ['busy', 'busy', 'busy'];
  return section(
    '让微信出点事',
    `<p>${state}</p><p>${outage ? button('恢复', 'outage', false) : button('断开微信', 'outage', true)}${[
      button('下一次答得很慢', 'fault', { slowMs: 8_000 }),
      button('下一次断线', 'fault', 'cut'),
      button('下一次答到一半断线', 'fault', 'cutAfter'),
      button('下一次 502', 'fault', 'badGateway'),
      button('下一次答网页', 'fault', 'html'),
      button('连着三次系统繁忙', 'fault', ...busy),
      button('下一次太频繁', 'fault', 'tooOften'),
      button('access_token 马上过期', 'endTokens', 'expired'),
      button(
        '下一条消息说没有同意',
        'refuse',
        '/cgi-bin/message/subscribe/send',
        43101,
        'user refuse to accept the msg',
      ),
      next.length > 0 ? button('都取消', 'noFaults') : '',
    ].join('')}</p>`,
  );
}
