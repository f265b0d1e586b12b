import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goInstead } from '../../../../lib/navigation';
import { refreshMe } from '../../../../lib/session';
import { useAct, useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { AskByName } from './ask-by-name';
import { AtTheDoor } from './at-the-door';
import { PhoneButton } from './phone-button';
import { WhoAmI } from './who-am-i';
import './index.scss';

export type Standing = ReplyFrom<'bindings.mine'>;

/** 绑定手机 (domain.md §6): the number, then “您是谁”, else the head's name and door; nothing of the roster is shown. */
export default function BindPage() {
  const standing = useCall('bindings.mine');
  const { door } = useRouter().params;
  usePullDownRefresh(() => void standing.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="绑定手机">
      <Await query={standing} rows={2}>
        {(data) => (
          <>
            {door && <AtTheDoor door={door} standing={data} />}
            <Step standing={data} atDoor={door !== undefined} />
          </>
        )}
      </Await>
    </Page>
  );
}

function Step({ standing, atDoor }: { standing: Standing; atDoor: boolean }) {
  const [isOther, setOther] = useState(false);
  const { isHome, phone, choices, request } = standing;
  if (isHome) return atDoor ? null : <Bound />;
  if (request && request.allows.includes('withdraw')) return <Waiting request={request} />;
  if (phone === null)
    return (
      <Card title="第一步：您的手机号">
        <View className="bind__words">用微信里的手机号，和村里花名册对一对。不绑定也可以点单。</View>
        <PhoneButton />
      </Card>
    );
  if (choices.length > 0 && !isOther && !atDoor)
    return <WhoAmI choices={choices} title="您是哪一位？" onNobody={() => setOther(true)} />;
  return (
    <>
      {request?.state === 'refused' && <Refused words={request.words} />}
      {!atDoor && <AskByName />}
    </>
  );
}

const Bound = () => (
  <Placard
    icon="circle-check-big"
    title="绑定好了"
    words="您和村里的花名册已经对上。"
    action={{ words: '回首页', onPress: () => void refreshMe().then(() => goInstead('home')) }}
  />
);

const Refused = ({ words }: { words: string | null }) => (
  <Card title="上次没有通过">
    <View>{words ?? '请核对户主姓名和门牌，再试一次。'}</View>
  </Card>
);

function Waiting({ request }: { request: NonNullable<Standing['request']> }) {
  const withdraw = useAct('bindings.withdraw', { bindingId: request.bindingId });
  return (
    <Card title={request.stateName}>
      <View className="bind__words">
        您的请求已经交上去了，有结果会在“消息”里告诉您。等的时候，点单、看进展都可以照常用。
      </View>
      <ActTrouble error={withdraw.error} />
      <Button busy={withdraw.isPending} onPress={() => withdraw.mutate({})}>
        撤回，我再填一次
      </Button>
    </Card>
  );
}
