/** How the page looks, and the few lines that look again and press its buttons. */

export const pageStyle = `
:root { --line: #d9dde3; --good: #0b7a3b; --bad: #b42318; --soft: #5a6472; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f4f6; color: #1c222b; font: 16px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
header, main, #trouble { max-width: 1200px; margin: 0 auto; padding: 0 16px; }
h1 { margin: 24px 0 0; font-size: 26px; }
h2 { margin: 0 0 8px; font-size: 19px; }
h3, h4 { margin: 0; font-size: 17px; }
header p { margin: 4px 0 16px; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: 12px; margin-bottom: 12px; }
nav a[aria-current] { font-weight: 700; text-decoration: none; color: inherit; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 16px; margin-bottom: 16px; }
code { font-size: 13px; overflow-wrap: anywhere; color: #3d4653; }
button { font: inherit; min-height: 44px; margin: 0 8px 8px 0; padding: 6px 14px; border: 1px solid #8a94a3; border-radius: 8px; background: #fff; cursor: pointer; }
button:hover { background: #eef2f7; }
button:focus-visible, summary:focus-visible { outline: 3px solid #1a6fd4; outline-offset: 2px; }
button:disabled { opacity: .5; cursor: default; }
summary { min-height: 44px; padding: 10px 0; cursor: pointer; color: #14589e; }
.good { color: var(--good); } .bad { color: var(--bad); } .none, .small { color: var(--soft); }
.small { font-size: 14px; margin: 0; } .none { margin: 8px 0; }
.phones { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 16px; align-items: start; }
.phone { border: 1px solid var(--line); border-radius: 10px; padding: 12px; background: #ededed; }
.card { background: #fff; border-radius: 8px; padding: 12px; margin: 10px 0; }
.card dl { display: grid; grid-template-columns: 5em 1fr; gap: 2px 8px; margin: 8px 0; }
.card dt { color: var(--soft); } .card dd { margin: 0; overflow-wrap: anywhere; }
.card .link { margin: 0; border-top: 1px solid var(--line); padding-top: 8px; font-size: 14px; color: var(--soft); }
.consent { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin: 0 0 4px; } .consent span { flex: 1 1 100%; } .consent button { margin: 0; }
.wide { overflow-x: auto; } .wide code, .wide td:last-child { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); } time { white-space: nowrap; }
#trouble { color: var(--bad); font-weight: 600; }
`;

/** Opened details stay open and nothing is redrawn while it is the same, so that a button does not move under a hand. */
export const pageScript = `
const now = document.getElementById('now'), trouble = document.getElementById('trouble');
const appid = now.dataset.app;
let shown = '';
async function look() {
  try {
    const reply = await fetch('/now?app=' + encodeURIComponent(appid));
    const text = await reply.text();
    trouble.textContent = '';
    if (text === shown) return;
    const open = new Set([...now.querySelectorAll('details[open]')].map((each) => each.dataset.key));
    const pressed = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.args : undefined;
    shown = text;
    now.innerHTML = text;
    for (const each of now.querySelectorAll('details')) each.open = open.has(each.dataset.key);
    if (pressed) [...now.querySelectorAll('button')].find((each) => each.dataset.args === pressed)?.focus();
  } catch {
    trouble.textContent = '替身没有回答，它可能已经停了。请在终端里看看 npm start 还在不在。';
  }
}
now.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[data-act]');
  if (!button) return;
  button.disabled = true;
  const body = button.dataset.args, headers = { 'content-type': 'application/json' };
  const reply = await fetch('/apps/' + appid + '/' + button.dataset.act, { method: 'POST', headers, body }).catch(() => null);
  button.disabled = false;
  await look();
  if (reply && !reply.ok) trouble.textContent = '没有办成：' + (await reply.text());
});
setInterval(look, 2000);
look();
`;
