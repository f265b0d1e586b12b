import { Problem } from '@sandan/shared/problems';
import {
  askMoments,
  asksOf,
  modeHints,
  mostAsked,
  templateKinds,
  templates,
  type AskMoment,
  type TemplateKind,
  type TemplateMode,
} from '@sandan/shared/subscriptions/subscription.words';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { subscriptionsApi } from '@sandan/shared/subscriptions/subscriptions.contract';
import { holds, type Caller } from '../../foundation/access/caller';
import type { Db, Reading } from '../../foundation/database/connect';
import { noteChoice, standingsOf, type Standing } from '../../foundation/subscribe/credit';
import { SubscriptionReport } from '../../foundation/subscribe/subscribe.entity';
import { templatesOf, type UsedTemplate } from '../../foundation/subscribe/templates';

type Mine = ReplyOf<typeof subscriptionsApi.mine>;

const day = 24 * 60 * 60_000;
/** Whoever has said no is left alone for so long; whoever has it blocked, longer. */
const quietAfter = { reject: 7 * day, ban: 30 * day, filter: 30 * day } as const;
/** Enough consent in store: nobody is asked for more. A resident's order has three messages, a helper's days more. */
const enough: Readonly<Record<TemplateKind, number>> = { progress: 3, newTask: 5, todo: 5 };

/** Where he lives, else where he serves; the mini-program is one county's, so of several any is as good. */
function countyOf({ homeGridId, grants, reference: { tree } }: Caller): string | null {
  const home = homeGridId === null ? null : (tree.grid(homeGridId)?.county ?? null);
  const served = grants.flatMap(({ grids }) => grids.flatMap(({ county }) => county ?? []))[0] ?? null;
  const [only, another] = tree.grids.filter(({ tier }) => tier === 'county');
  return home ?? served ?? (another ? null : (only?.id ?? null));
}

async function usedBy(reading: Reading, caller: Caller): Promise<ReadonlyMap<TemplateKind, UsedTemplate>> {
  const county = countyOf(caller);
  const all = county === null ? [] : await templatesOf(reading, county);
  return new Map(all.flatMap((each) => (each.templateId === null ? [] : [[each.kind, each as UsedTemplate] as const])));
}

/** The WeChat account by which this person is in the app: of several, the one that came last. */
async function accountOf(reading: Reading, personId: string): Promise<string | null> {
  const [row] = await reading.query<{ openid: string }>(
    'SELECT openid FROM wechat_account WHERE person_id = ? ORDER BY created_at DESC, openid LIMIT 1',
    [personId],
  );
  return row?.openid ?? null;
}

interface Consent {
  readonly used: ReadonlyMap<TemplateKind, UsedTemplate>;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly openid: string | null;
}

async function consentOf(reading: Reading, caller: Caller): Promise<Consent> {
  const openid = await accountOf(reading, caller.personId);
  const standings = openid === null ? new Map<string, Standing>() : await standingsOf(reading, openid);
  return { used: await usedBy(reading, caller), standings, openid };
}

const isLeftAlone = ({ choice, chosenAt }: Standing, now: Date): boolean =>
  choice !== null &&
  choice !== 'accept' &&
  chosenAt !== null &&
  now.getTime() < chosenAt.getTime() + quietAfter[choice];

const hasEnough = (kind: TemplateKind, { lasting, credit }: Standing): boolean => lasting || credit >= enough[kind];

/** Whom a template is for: everybody orders, helpers claim, whoever has a post has something to do. */
const concerns: Readonly<Record<TemplateKind, (caller: Caller) => boolean>> = {
  progress: () => true,
  newTask: (caller) => holds(caller, 'task.claim'),
  todo: ({ grants }) => grants.length > 0,
};

/**
 * What may be asked for now: nobody is asked again for what he has refused lately, has blocked, or has enough of; one-time
 * and long-term templates not together (wechat.md §5.4), the first of them says which.
 */
export async function askable(
  reading: Reading,
  caller: Caller,
  moment: AskMoment,
): Promise<ReplyOf<typeof subscriptionsApi.ask>> {
  const { used, standings, openid } = await consentOf(reading, caller);
  if (openid === null) return { templates: [], hint: null };
  const wanted = askMoments[moment]
    .flatMap((kind) => used.get(kind) ?? [])
    .filter(({ kind, templateId }) => {
      const standing = standings.get(templateId);
      return concerns[kind](caller) && !(standing && (isLeftAlone(standing, caller.now) || hasEnough(kind, standing)));
    });
  const [first] = wanted;
  const together = wanted.filter(({ mode }) => mode === first?.mode).slice(0, mostAsked);
  const asked = together.map(({ kind, templateId, leftOut }) => ({ templateId, words: asksOf(kind, leftOut) }));
  return { templates: asked, hint: first ? modeHints[first.mode] : null };
}

/** 我的微信通知: how each template stands, in words. Empty where the county uses none. */
export async function subscriptionsOf(reading: Reading, caller: Caller): Promise<Mine> {
  const { used, standings, openid } = await consentOf(reading, caller);
  const mine = templateKinds.flatMap((kind) => used.get(kind) ?? []).filter(({ kind }) => concerns[kind](caller));
  return {
    items: mine.map(({ kind, templateId, mode, leftOut }) => {
      const standing = standings.get(templateId);
      return {
        ...{ kind, name: templates[kind].name, about: asksOf(kind, leftOut), hint: modeHints[mode] },
        says: openid === null ? '用微信登录后才能通知您。' : standingWords(standing, mode),
        templateId: openid === null || standing?.lasting ? null : templateId,
      };
    }),
  };
}

function standingWords(standing: Standing | undefined, mode: TemplateMode): string {
  if (standing?.lasting) return '已允许，有消息就通知您。';
  if (standing && standing.credit > 0) return `还能通知您 ${standing.credit} 次。`;
  switch (standing?.choice) {
    case 'reject':
      return '您选了不接收，消息都在“消息”里。';
    case 'ban':
    case 'filter':
      return '微信里关掉了。要打开，点“打开微信的设置”，再点“通知管理”。';
    case 'accept':
      // 长期 now, and what was allowed once is used up.
      return mode === 'lasting' ? '点一下再允许，以后都通知您。' : '次数用完了，可以再允许。';
    default:
      return '还没有允许，点一下就能收到微信通知。';
  }
}

/**
 * What the person has chosen in WeChat's window. A repeat of the same report counts nothing twice; templates that are not
 * ours are left out. @throws Problem action.repeated-differently where the id is another one's
 */
export async function noteReport(
  db: Db,
  caller: Caller,
  { actionId, choices }: BodyOf<typeof subscriptionsApi.report>,
): Promise<Mine> {
  const [known] = await db.query<{ personId: string }>(
    'SELECT person_id AS personId FROM subscription_report WHERE id = ?',
    [actionId],
  );
  if (known && known.personId !== caller.personId) throw new Problem('action.repeated-differently');
  if (!known) {
    const { used, openid } = await consentOf(db, caller);
    const told = new Map(choices.map(({ templateId, choice }) => [templateId, choice]));
    await db.insert(SubscriptionReport, [{ id: actionId, personId: caller.personId, at: caller.now }]);
    for (const template of used.values()) {
      const choice = told.get(template.templateId);
      if (choice && openid !== null) await noteChoice(db, { openid, template, choice, at: caller.now, by: 'app' });
    }
  }
  return subscriptionsOf(db, caller);
}
