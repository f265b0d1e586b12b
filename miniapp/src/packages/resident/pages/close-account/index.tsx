import { View } from '@tarojs/components';
import { whatGoes, whatStays } from '@sandan/shared/privacy/privacy.words';
import { useWhose } from '../../../../features/privacy/whose';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { dayWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { useAct, useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import './index.scss';

type Closing = ReplyFrom<'privacy.closing'>;

/** 注销账号: what goes, what stays, what is in the way, and some days to think again. */
export default function CloseAccountPage() {
  const { of, child } = useWhose();
  const closing = useCall('privacy.closing', { query: of });
  return (
    <Page title={child === null ? '注销账号' : `注销${child}的账号`}>
      <Await query={closing}>
        {(now) => (
          <>
            {now.guardianNeeded && <Card>未满 14 岁，要由同住的大人用自己的账号登录，在“隐私与数据”里替您申请。</Card>}
            {now.asked && <Asked asked={now.asked} />}
            {now.blocks.length > 0 && <Blocks blocks={now.blocks} />}
            <List title="会删掉的" lines={whatGoes} />
            <List title="会留下、但看不出是谁的" lines={whatStays} />
            {now.allows.includes('closeAccount') && <Close days={now.thinkingDays} of={of} />}
            {now.allows.includes('keepAccount') && <Keep of={of} />}
          </>
        )}
      </Await>
    </Page>
  );
}

function Asked({ asked }: { asked: NonNullable<Closing['asked']> }) {
  const now = useNow();
  return (
    <Card title="已经申请注销">
      {asked.held
        ? '到了时间，可是还有事没了结。办完下面的事，系统第二天会接着办。'
        : `${dayWords(asked.dueAt, now)}开始删除，在那以前可以反悔。`}
    </Card>
  );
}

const Blocks = ({ blocks }: { blocks: Closing['blocks'] }) => (
  <Card bare title="先要了结的事">
    {blocks.map(({ block, words, count, orderIds }) => (
      <Row
        key={block}
        icon="circle-alert"
        title={words}
        words={`${count} 件`}
        {...(orderIds[0] === undefined ? {} : { onPress: () => void go('order', { orderId: orderIds[0] as string }) })}
      />
    ))}
  </Card>
);

const List = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <Card title={title}>
    {lines.map((line) => (
      <View key={line} className="close-account__line">{`· ${line}`}</View>
    ))}
  </Card>
);

type Of = { of: { personId?: string } };

function Close({ days, of }: Of & { days: number }) {
  const close = useAct('privacy.closeAccount', undefined);
  const press = async () => {
    const sure = await confirm({
      title: '真的要注销吗？',
      words: `${days} 天以后开始删除，删了就找不回来。这 ${days} 天里登录一次，就可以在这里反悔。`,
      yes: '申请注销',
      no: '再想想',
    });
    if (sure) close.mutate({ ...of, sure: true }, { onError: (error) => toast(troubleWords(error)) });
  };
  return (
    <Button look="plain" busy={close.isPending} onPress={() => void press()}>
      申请注销
    </Button>
  );
}

function Keep({ of }: Of) {
  const keep = useAct('privacy.keepAccount', undefined);
  const press = () =>
    keep.mutate(of, { onSuccess: () => toast('不注销了，一切照旧'), onError: (error) => toast(troubleWords(error)) });
  return (
    <Button look="main" busy={keep.isPending} onPress={press}>
      不注销了
    </Button>
  );
}
