import { View } from '@tarojs/components';
import type { SentTo } from '../../lib/endpoints';
import type { Notices } from '../../lib/platform/device';
import { platform } from '../../lib/platform/platform';
import { useCall } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { useAsking } from './use-asking';
import './notify-me.scss';

type Moment = NonNullable<SentTo<'subscriptions.ask'>['query']>['moment'];

interface NotifyMeProps {
  readonly moment: Moment;
  /** What the message would tell: 接单、办结时通知我 */
  readonly words: string;
}

/** Offered where it makes sense, and only while there is something to ask for; a browser has 消息 alone. */
export const NotifyMe = (props: NotifyMeProps) => platform.notices && <Offer notices={platform.notices} {...props} />;

function Offer({ notices, moment, words }: NotifyMeProps & { notices: Notices }) {
  const { data } = useCall('subscriptions.ask', { query: { moment } });
  const { busy, ask } = useAsking(notices);
  const templateIds = data?.templates.map(({ templateId }) => templateId) ?? [];
  if (templateIds.length === 0) return null;
  return (
    <View>
      <Button look="plain" icon="bell" busy={busy} onPress={() => ask(templateIds)}>
        {words}
      </Button>
      <View className="notify-me__hint">{data?.hint}</View>
    </View>
  );
}
