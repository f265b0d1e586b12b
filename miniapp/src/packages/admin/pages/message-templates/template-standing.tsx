import { View } from '@tarojs/components';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { agoWords } from '../../../../lib/time-words';
import { useAct } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import type { Template } from './typed-template';

/** What WeChat says of it, how many wait, and trying it out on oneself. */
export function TemplateStanding({ gridId, template }: { gridId: string; template: Template }) {
  const { kind, templateId, trouble, waiting, unanswered, test } = template;
  const act = useAct('subscriptions.test', { gridId, kind });
  const now = useNow();
  if (templateId === null) return null;
  return (
    <Card bare title="发送情况">
      {trouble && <Row icon="circle-alert" title={trouble.words} words={agoWords(trouble.at, now)} />}
      <Row title={waiting === 0 ? '没有等着发的消息' : `${waiting} 条等着发`} />
      {unanswered > 0 && (
        <Row
          icon="circle-alert"
          title={`过去一天 ${unanswered} 条微信没有回答`}
          words="可能没有送到，不会重发，免得打扰。“消息”里都有。"
        />
      )}
      {test && <Row title={test.words} words={`给自己发的，${agoWords(test.at, now)}`} />}
      <View className="templates__try">
        <ActTrouble error={act.error} />
        <Button icon="send" busy={act.isPending} onPress={() => act.mutate({})}>
          给自己发一条试试
        </Button>
      </View>
    </Card>
  );
}
