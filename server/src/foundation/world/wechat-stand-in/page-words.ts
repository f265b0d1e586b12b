/** Small pieces of the page. */

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const inChina = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', hour12: false, month: 'numeric', day: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
});
export const moment = (at: number): string => `<time>${inChina.format(at)}</time>`;

/** A button that has the stand-in do something: an act of the control port with its arguments. */
export const button = (words: string, act: string, ...args: unknown[]): string =>
  `<button data-act="${act}" data-args="${escaped(JSON.stringify(args))}">${escaped(words)}</button>`;

export const section = (title: string, body: string): string => `<section><h2>${title}</h2>${body}</section>`;

export const none = (words: string): string => `<p class="none">${words}</p>`;

/** The last first, and not more than somebody reads. */
export const latest = <Thing>(things: readonly Thing[], most: number): Thing[] => things.slice(-most).reverse();

const judged = { pass: '通过', review: '存疑，要人看', risky: '违规' };
export const verdictWords = (suggest: keyof typeof judged, label: number): string =>
  `<span class="${suggest === 'pass' ? 'good' : 'bad'}">${judged[suggest]}</span> ${label}`;
