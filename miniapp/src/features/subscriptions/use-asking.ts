import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { isPassing } from '../../lib/answer';
import type { Chosen, Notices } from '../../lib/platform/device';
import { useAct } from '../../lib/use-call';
import { confirm } from '../../ui/dialog';
import { toast } from '../../ui/toast';
import { troubleWords } from '../../ui/trouble';

export type Mine = ReplyFrom<'subscriptions.mine'>;

/**
 * Asks, by WeChat's own window, for leave to send messages, and tells the server what came of it. `ask` must be the first
 * thing in a touch: WeChat takes it at no other time, so the ids are known before.
 */
export function useAsking(notices: Notices) {
  const report = useAct('subscriptions.report', undefined);
  const [busy, setBusy] = useState(false);

  const settle = async (asking: Promise<readonly Chosen[]>) => {
    try {
      const choices = await asking;
      const mine = choices.length > 0 ? await report.mutateAsync({ choices: [...choices] }) : null;
      await say(choices, mine, notices);
    } catch (error) {
      // What was chosen stands with WeChat, which tells the server itself (wechat.md §5.5).
      toast(isPassing(error) ? '选好了，等网络好了才算数' : troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  const ask = (templateIds: readonly string[]) => {
    const asking = notices.ask(templateIds);
    setBusy(true);
    void settle(asking);
  };
  return { busy, ask };
}

const hintOf = ({ hint }: Mine['items'][number]): string => hint;

async function say(choices: readonly Chosen[], mine: Mine | null, notices: Notices): Promise<void> {
  const accepted = choices.filter(({ choice }) => choice === 'accept').map(({ templateId }) => templateId);
  const hints = new Set(mine?.items.filter(({ templateId }) => accepted.includes(templateId ?? '')).map(hintOf));
  if (accepted.length > 0) return toast(['好的，有消息微信通知您', ...hints].join('。'));
  const { choices: kept } = await notices.kept();
  const forGood = choices.some(({ templateId }) => kept.some((each) => each.templateId === templateId));
  if (!forGood) return toast('好的，不打扰。有进展在“消息”里看');
  const words = '您在微信里选过“总是保持以上选择”，所以不再问了。要改，可以打开设置里的“通知管理”。';
  if (await confirm({ title: '现在不能通知您', words, yes: '打开设置', no: '不用了' })) await notices.openSettings();
}
