import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import {
  templateKinds,
  templateParts,
  templates,
  type TemplateKind,
  type TemplatePart,
} from '@sandan/shared/subscriptions/subscription.words';
import type { subscriptionsApi } from '@sandan/shared/subscriptions/subscriptions.contract';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import {
  MessageTemplate,
  WechatMessage,
  type TemplateField,
  type WechatMessageState,
} from '../../foundation/subscribe/subscribe.entity';
import { templatesOf } from '../../foundation/subscribe/templates';
import { cardsOf, faultsOf } from './fill-template';

type Api = typeof subscriptionsApi;
type Reply = ReplyOf<Api['save']>;
type Mapping = Required<BodyOf<Api['check']>>;
interface Place {
  readonly gridId: string;
  readonly kind: TemplateKind;
}

/** Templates hang on the county, whose mini-program it is. @throws Problem grid.not-found, access.forbidden */
export function countyOfTemplates(caller: Caller, gridId: string): void {
  if (caller.reference.tree.grid(gridId)?.tier !== 'county') throw new Problem('grid.not-found');
  gridWithin(caller, 'setting.change', gridId);
}

const none = ({ gridId, kind }: Place): MessageTemplate => ({
  ...{ countyId: gridId, kind, templateId: null, mode: 'once', fields: [], leftOut: [], version: 0 },
  ...{ heldUntil: null, silent: 0, faultErrcode: null, faultField: null, faultAt: null },
});

async function templateAt(reading: Reading, place: Place): Promise<MessageTemplate> {
  const all = await templatesOf(reading, place.gridId);
  return all.find(({ kind }) => kind === place.kind) ?? none(place);
}

export async function templatesOfCounty(
  reading: Reading,
  caller: Caller,
  gridId: string,
): Promise<ReplyOf<Api['templates']>> {
  countyOfTemplates(caller, gridId);
  const all = await templatesOf(reading, gridId);
  const rows = templateKinds.map((kind) => all.find((each) => each.kind === kind) ?? none({ gridId, kind }));
  return { templates: await Promise.all(rows.map((row) => replyOf(reading, caller, row))), hints: hintsOf(rows) };
}

/** What keeps the three of them from going together. */
function hintsOf(rows: readonly MessageTemplate[]): string[] {
  const used = rows.filter(({ templateId }) => templateId !== null);
  const twice = used.some(({ templateId }, index) =>
    used.slice(0, index).some((each) => each.templateId === templateId),
  );
  const mixed = new Set(used.map(({ mode }) => mode)).size > 1;
  return [
    ...(twice ? ['有两个通知填了同一个模板编号，微信只会问一次。请各用各的模板。'] : []),
    ...(mixed ? ['一次性和长期的模板不能一起问，接单大厅里会分开问。能申请到长期模板的，最好三个都用长期的。'] : []),
  ];
}

/** How a mapping would look, and what it lacks; nothing is saved. */
export const checkedMapping = (kind: TemplateKind, mapping: Mapping, now: Date) => ({
  faults: faultsOf(kind, mapping),
  cards: cardsOf(kind, mapping, now),
});

/**
 * Saves a mapping that is complete, or takes a template out of use (no number). Whatever waited for it to be mended goes on at once.
 * @throws Problem request.bad-input with what it lacks; setting.changed-meanwhile where somebody else was quicker
 */
export async function saveTemplate(
  db: Db,
  caller: Caller,
  place: Place,
  judge: () => BodyOf<Api['save']>,
): Promise<Reply> {
  countyOfTemplates(caller, place.gridId);
  const { readVersion, ...given } = judge();
  const before = await templateAt(db, place);
  const mapping = { ...given, leftOut: given.leftOut ?? before.leftOut };
  const [fault] = faultsOf(place.kind, mapping);
  if (fault) throw new Problem('request.bad-input', { fields: { [fault.field ?? 'templateId']: fault.words } });
  const changed = changesOf(before, mapping);
  if (changed.length === 0 && before.heldUntil === null) return replyOf(db, caller, before);
  if (before.version !== readVersion) throw new Problem('setting.changed-meanwhile');
  const row = { ...none(place), ...mapping, version: before.version + 1 };
  await writeTemplate(db, before, row);
  const facts = { template: place.kind, parts: changed, fields: mapping.fields.length };
  if (changed.length > 0) await recordAct(db, caller, 'changeTemplate', { thingId: place.gridId, townId: null, facts });
  return replyOf(db, caller, row);
}

/** On the version that was read: of two who save at once one is told. */
async function writeTemplate(db: Db, before: MessageTemplate, row: MessageTemplate): Promise<void> {
  // A row that is there already brings the whole request back here, where its version no longer fits.
  if (before.version === 0) return db.insert(MessageTemplate, [row]);
  const written = await db.write(
    `UPDATE message_template SET template_id = ?, mode = ?, fields = ?, left_out = ?, version = ?, held_until = NULL,
       fault_errcode = NULL, fault_field = NULL, fault_at = NULL WHERE county_id = ? AND kind = ? AND version = ?`,
    [
      ...[row.templateId, row.mode, JSON.stringify(row.fields), JSON.stringify(row.leftOut), row.version],
      ...[row.countyId, row.kind, before.version],
    ],
  );
  if (written === 0) throw new Problem('setting.changed-meanwhile');
}

type Parts = Pick<MessageTemplate, TemplatePart>;

const plain = (fields: readonly TemplateField[]) =>
  fields.map(({ field, value, words }) => [field, value, words.map(({ state, word }) => [state, word])]);
const comparable = ({ templateId, mode, fields, leftOut }: Parts) => ({
  templateId,
  mode,
  fields: JSON.stringify(plain(fields)),
  leftOut: [...leftOut].sort().join(),
});

function changesOf(before: Parts, after: Parts): TemplatePart[] {
  const [one, other] = [comparable(before), comparable(after)];
  return (Object.keys(templateParts) as TemplatePart[]).filter((part) => one[part] !== other[part]);
}

/**
 * 给自己发一条: by the way of all messages, with an example in it; what came of it stands in the list. Consent is used up as
 * for any other. A repeat of the same press sends nothing twice.
 */
export async function sendTest(db: Db, caller: Caller, place: Place, actionId: string): Promise<Reply> {
  countyOfTemplates(caller, place.gridId);
  const template = await templateAt(db, place);
  if (template.templateId === null) throw new Problem('template.not-in-use');
  const { personId, now } = caller;
  const row = {
    ...{ id: newId(now), personId, countyId: place.gridId, townId: null, template: place.kind, kind: 'test' as const },
    ...{ onceKey: actionId, eventId: actionId, orderId: null, state: 'waiting' as const, at: now, nextAt: now },
    ...{ expiresAt: new Date(now.getTime() + testLife), attempts: 0 },
  };
  await db.upsert(WechatMessage, [row], ['personId']);
  return replyOf(db, caller, template);
}

const testLife = 10 * 60_000;

async function replyOf(reading: Reading, caller: Caller, row: MessageTemplate): Promise<Reply> {
  const { countyId, kind, templateId, mode, version, faultErrcode, faultField, faultAt } = row;
  const fields = row.fields.map((field) => ({ ...field, words: [...field.words] }));
  const mapping = { templateId, mode, fields, leftOut: [...row.leftOut] };
  return {
    ...{ kind, version, ...mapping },
    ...checkedMapping(kind, mapping, caller.now),
    trouble:
      faultErrcode === null || faultAt === null
        ? null
        : { at: faultAt.toISOString(), errcode: faultErrcode, words: faultWords(faultErrcode, faultField) },
    waiting: await waitingFor(reading, countyId, kind),
    unanswered: await unansweredSince(reading, { countyId, kind }, new Date(caller.now.getTime() - day)),
    test: await lastTest(reading, caller.personId, kind),
  };
}

/** What the administrator can do about it (wechat.md §1, §5.3). */
function faultWords(errcode: number, field: string | null): string {
  switch (errcode) {
    case 40037:
      return '微信说没有这个模板。请核对模板编号，保存后会接着发。';
    case 47003:
      return `微信不收${field ? `字段 ${field} ` : '其中一个字段'}。请对照微信后台核对字段，少一个、多一个都不行。`;
    case 41030:
      return '小程序还没有发布打开消息的页面。请发布新版本后再发。';
    case 43107:
      return '微信停用了这个模板或订阅消息。请到微信后台查看原因。';
    case 40164:
      return '微信没有放行服务器的地址。请在微信后台的白名单里加上，十分钟内会接着发。';
    case 45168:
      return '消息里有微信不许发的词，这条没有发出，“消息”里照常有。';
    default:
      return `微信没有收下，错误编号 ${errcode}。请告诉运维人员。`;
  }
}

async function waitingFor(reading: Reading, countyId: string, kind: TemplateKind): Promise<number> {
  const [row] = await reading.query<{ count: string }>(
    "SELECT COUNT(*) AS count FROM wechat_message WHERE state = 'waiting' AND county_id = ? AND template = ?",
    [countyId, kind],
  );
  return Number(row?.count);
}

const day = 24 * 60 * 60_000;

/** Of which WeChat gave no answer, so that nobody knows whether they arrived, and they are not sent again. */
async function unansweredSince(
  reading: Reading,
  { countyId, kind }: Pick<MessageTemplate, 'countyId' | 'kind'>,
  since: Date,
): Promise<number> {
  const [row] = await reading.query<{ count: string }>(
    `SELECT COUNT(*) AS count FROM wechat_message
     WHERE state = 'unknown' AND county_id = ? AND template = ? AND ended_at >= ?`,
    [countyId, kind, since],
  );
  return Number(row?.count);
}

async function lastTest(reading: Reading, personId: string, kind: TemplateKind) {
  const [row] = await reading.query<{ at: Date; state: WechatMessageState; errcode: number | null }>(
    `SELECT at, state, errcode FROM wechat_message WHERE person_id = ? AND template = ? AND kind = 'test'
     ORDER BY at DESC, id DESC LIMIT 1`,
    [personId, kind],
  );
  return row ? { at: row.at.toISOString(), words: testWords(kind, row) } : null;
}

function testWords(kind: TemplateKind, { state, errcode }: { state: WechatMessageState; errcode: number | null }) {
  switch (state) {
    case 'waiting':
    case 'sending':
      return '正在发，请过一会儿再看。';
    case 'sent':
      return '微信收下了，请看手机。';
    case 'unknown':
      return '发出去了，微信没有回答，请看手机有没有收到。';
    case 'noCredit':
      return `您还没有允许“${templates[kind].name}”。请先在手机上“我的 - 消息通知”里允许，再试一次。`;
    case 'refused':
      return errcode === null ? '微信没有收下。' : faultWords(errcode, null);
    case 'dropped':
      return '过了十分钟还没发出去，这条不发了。';
  }
}
