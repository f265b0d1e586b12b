import type { People } from './people';
import { Refusal } from './platform-call';
import type { Pushes } from './pushes';
import type { Templates } from './templates';

/** What each person has agreed to, template by template (wechat.md §5.4). */
export interface Consents {
  /** A message goes out: one acceptance is used up, unless it lasts. @throws Refusal 43101 */
  spend(openid: string, templateId: string): void;
  left(openid: string, templateId: string): number;
  /** As many acceptances as that, without a word from WeChat: `requestSubscribeMessage` in the app, its push lost. */
  grant(openid: string, templateId: string, times?: number): void;
  /** The pop-up in the app: each template accepted or rejected, and WeChat tells the server (subscribe_msg_popup_event). */
  answerPopup(openid: string, answers: Readonly<Record<string, 'accept' | 'reject'>>): void;
  /** In the settings of WeChat the person no longer wants this message (subscribe_msg_change_event). */
  withdraw(openid: string, templateId: string): void;
  /** Kept by what the demo keeps between two starts. */
  readonly credits: Map<string, number>;
}

export function makeConsents(people: People, templates: Templates, pushes: Pushes): Consents {
  const credits = new Map<string, number>();
  const keyOf = (openid: string, templateId: string): string => `${openid} ${templateId}`;
  const left = (openid: string, templateId: string): number => credits.get(keyOf(openid, templateId)) ?? 0;

  const grant = (openid: string, templateId: string, times = 1): void => {
    people.seen(openid);
    const lasting = templates.find(templateId)?.kind === 'longTerm';
    credits.set(keyOf(openid, templateId), lasting ? 1 : left(openid, templateId) + times);
  };
  const withdraw = (openid: string, templateId: string): void => {
    credits.delete(keyOf(openid, templateId));
    const items = [{ TemplateId: templateId, SubscribeStatusString: 'reject' }];
    pushes.add({ event: 'subscribe_msg_change_event', openid, list: { wrapper: 'SubscribeMsgChangeEvent', items } });
  };
  const answerPopup = (openid: string, answers: Readonly<Record<string, 'accept' | 'reject'>>): void => {
    people.seen(openid);
    const items = Object.entries(answers).map(([TemplateId, SubscribeStatusString]) => {
      if (SubscribeStatusString === 'accept') grant(openid, TemplateId);
      return { TemplateId, SubscribeStatusString, PopupScene: '0' };
    });
    pushes.add({ event: 'subscribe_msg_popup_event', openid, list: { wrapper: 'SubscribeMsgPopupEvent', items } });
  };

  return {
    credits,
    left,
    grant,
    withdraw,
    answerPopup,
    spend: (openid, templateId) => {
      const count = left(openid, templateId);
      if (count === 0) throw new Refusal(43101, 'user refuse to accept the msg');
      if (templates.find(templateId)?.kind === 'oneTime') credits.set(keyOf(openid, templateId), count - 1);
    },
  };
}
