import type { StandInApp } from './app';
import { pageScript, pageStyle } from './page-frame';
import { escaped, moment } from './page-words';
import { peopleSection } from './page-people';
import { controlsSection, requestsSection } from './page-requests';
import { checksSection, pushesSection } from './page-checks';

/** What the stand-in has seen and can be told to do, to be read in a browser; it looks again every two seconds. */
export function pageOf(app: StandInApp | undefined, all: readonly StandInApp[], nonce: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>微信替身</title><style nonce="${nonce}">${pageStyle}</style></head>
<body><header><h1>微信替身</h1><p>这里代替微信的服务器：只在演示和测试里用，谁也收不到真的微信消息。</p>${choices(app, all)}</header>
<main id="now" data-app="${escaped(app?.settings.appid ?? '')}">${sectionsOf(app)}</main>
<p id="trouble" role="alert"></p>
<script nonce="${nonce}">${pageScript}</script></body></html>`;
}

/** Only what changes. */
export const sectionsOf = (app: StandInApp | undefined): string =>
  app
    ? [
        head(app),
        peopleSection(app),
        controlsSection(app),
        checksSection(app),
        pushesSection(app),
        requestsSection(app),
      ].join('')
    : '<section><p class="none">还没有小程序登记。服务一启动就会自己登记。</p></section>';

const choices = (app: StandInApp | undefined, all: readonly StandInApp[]): string =>
  all.length < 2
    ? ''
    : `<nav>${all
        .map(({ settings: { appid } }) => {
          const here = appid === app?.settings.appid ? ' aria-current="page"' : '';
          return `<a href="/?app=${escaped(appid)}"${here}>${escaped(appid)}</a>`;
        })
        .join('')}</nav>`;

function head({ settings, clock, tokens, journal }: StandInApp): string {
  const now = clock.now();
  const { stable } = tokens.lifeOfTokens();
  const left = Math.max(0, Math.ceil((stable - now) / 60_000));
  const unknown = [...new Set(journal.unknownFields)];
  const strange =
    unknown.length === 0
      ? '没有发现微信不认识的字段。'
      : `<strong class="bad">微信不认识的字段：${unknown.map(escaped).join('；')}</strong>`;
  return `<p class="head">小程序 <code>${escaped(settings.appid)}</code>，现在 ${moment(now)}。
${left === 0 ? '还没有有效的 access_token' : `access_token 还有 ${left} 分钟`}。${strange}</p>`;
}
