import type { ReplyOf } from '@sandan/shared/endpoint';
import {
  templateKinds,
  templateModes,
  templates,
  type TemplateKind,
} from '@sandan/shared/subscriptions/subscription.words';
import { errcodeWords } from '@sandan/shared/wechat/errcodes.words';
import type { wechatApi } from '@sandan/shared/wechat/wechat.contract';
import type { Reading } from '../../foundation/database/connect';
import type { MessageTemplate } from '../../foundation/subscribe/subscribe.entity';
import { templatesOf } from '../../foundation/subscribe/templates';
import type { GridNode } from '../../foundation/reference/tree';
import type { AccountTemplate } from '../../foundation/world/wechat/client';
import type { Checked } from './checked';

type State = ReplyOf<typeof wechatApi.state>['templates'][number];

/** One of our three templates in one county; null: the administrator has not filled it in. */
interface Place {
  readonly countyId: string;
  readonly county: string;
  readonly kind: TemplateKind;
  readonly row: MessageTemplate | null;
}

export const countiesIn = (grids: readonly GridNode[]): GridNode[] => grids.filter(({ tier }) => tier === 'county');

async function placesOf(reading: Reading, counties: readonly GridNode[]): Promise<Place[]> {
  const places = counties.map(async ({ id: countyId, name: county }) => {
    const rows = await templatesOf(reading, countyId);
    const rowOf = (kind: TemplateKind) => rows.find((row) => row.kind === kind && row.templateId !== null) ?? null;
    return templateKinds.map((kind) => ({ countyId, county, kind, row: rowOf(kind) }));
  });
  return (await Promise.all(places)).flat();
}

const notFilledIn = '没有填，这一类消息只在小程序里看得到。请到“工作台 - 微信模板”填写。';

/** 三个模板, by what happened to the messages of the last week: WeChat itself is not asked. */
export async function templateStates(reading: Reading, counties: readonly GridNode[], now: Date): Promise<State[]> {
  const places = await placesOf(reading, counties);
  return Promise.all(
    places.map(async ({ countyId, county, kind, row }) => {
      const taken = row && (await lastTaken(reading, countyId, kind, now));
      const standing = standingOf(row, taken);
      return { county, name: templates[kind].name, ...standing, lastTakenAt: taken?.toISOString() ?? null };
    }),
  );
}

function standingOf(row: MessageTemplate | null, taken: Date | null): Pick<State, 'state' | 'words'> {
  if (!row) return { state: 'missing', words: notFilledIn };
  if (row.faultErrcode !== null) {
    const { meaning, todo } = errcodeWords(row.faultErrcode, 'sendSubscribeMessage');
    const field = row.faultField === null ? '' : `字段 ${row.faultField}，`;
    return { state: 'faulty', words: `微信不收：${field}${meaning}（${row.faultErrcode}）。${todo}` };
  }
  return taken
    ? { state: 'proved', words: '填好了，微信收过。' }
    : { state: 'ready', words: '填好了，一周里还没有发过。可以到“微信模板”给自己发一条试试。' };
}

const week = 7 * 24 * 60 * 60_000;

async function lastTaken(reading: Reading, countyId: string, kind: TemplateKind, now: Date): Promise<Date | null> {
  const [row] = await reading.query<{ endedAt: Date }>(
    `SELECT ended_at AS endedAt FROM wechat_message WHERE ended_at > ? AND county_id = ? AND template = ? AND state = 'sent'
     ORDER BY ended_at DESC LIMIT 1`,
    [new Date(now.getTime() - week), countyId, kind],
  );
  return row?.endedAt ?? null;
}

/** The same beside what stands in WeChat's own console: for npm run wechat:check, before the first message is sent. */
export async function templatesBeside(
  reading: Reading,
  counties: readonly GridNode[],
  account: readonly AccountTemplate[],
): Promise<Checked[]> {
  const places = await placesOf(reading, counties);
  return places.map(({ county, kind, row }) => {
    const what = `微信模板：${county}的${templates[kind].name}`;
    const fault = row ? faultBeside(row, account) : notFilledIn;
    return { what, isWell: fault === null, words: fault ?? '和微信后台的对得上' };
  });
}

function faultBeside(
  { templateId, mode, fields }: MessageTemplate,
  account: readonly AccountTemplate[],
): string | null {
  const chosen = account.find((each) => each.templateId === templateId);
  if (!chosen) return `这个小程序里没有编号是 ${templateId} 的模板。请到微信公众平台“订阅消息 - 我的模板”里复制。`;
  const { title } = chosen;
  if (chosen.mode !== mode)
    return `“${title}”在微信那边是${templateModes[chosen.mode]}的，这里填成了${templateModes[mode]}。请到“微信模板”改。`;
  const ours = fields.map(({ field }) => field);
  const missing = chosen.fields.filter((field) => !ours.includes(field));
  const odd = ours.filter((field) => !chosen.fields.includes(field));
  if (missing.length + odd.length === 0) return null;
  const said = [
    ...(missing.length > 0 ? [`少了 ${missing.join('、')}`] : []),
    ...(odd.length > 0 ? [`多了 ${odd.join('、')}`] : []),
  ];
  return `“${title}”的字段${said.join('，')}，微信会整条不收。请到“微信模板”改。`;
}
