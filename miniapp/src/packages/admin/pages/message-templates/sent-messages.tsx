import {
  messagesOf,
  wordsOf,
  type MessageKind,
  type TemplateKind,
} from '@sandan/shared/subscriptions/subscription.words';
import { View } from '@tarojs/components';
import { Card } from '../../../../ui/card';
import { Switch } from '../../../../ui/switch';

interface SentProps {
  readonly kind: TemplateKind;
  readonly leftOut: readonly MessageKind[];
  readonly error: string | undefined;
  readonly onChange: (leftOut: MessageKind[]) => void;
}

/** Which of its messages go to WeChat: people have few consents to give, and a county may keep them for what matters. */
export function SentMessages({ kind, leftOut, error, onChange }: SentProps) {
  const turn = (message: MessageKind, on: boolean) =>
    onChange(on ? leftOut.filter((each) => each !== message) : [...leftOut, message]);
  return (
    <Card bare title="哪些事发微信">
      {messagesOf(kind).map((message) => (
        <Switch
          key={message}
          title={`${wordsOf(message).when}时`}
          words={`卡片上写“${wordsOf(message).state}，${wordsOf(message).note}”`}
          on={!leftOut.includes(message)}
          onChange={(on) => turn(message, on)}
        />
      ))}
      {error && <View className="templates__error">{error}</View>}
      <View className="templates__hint">关掉的只进“消息”，不占用户允许的次数。该打电话的，照样进电话通知。</View>
    </Card>
  );
}
