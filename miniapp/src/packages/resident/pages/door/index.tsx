import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import type { PageParams } from '../../../../lib/page-table';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import type { IconName } from '../../../../ui/icon';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import './index.scss';

type Door = ReplyFrom<'links.door'>;

/** 门牌码 was scanned: order here, and whatever else the server says that this person may do at this door. */
export default function DoorPage() {
  const { door } = useRouter().params as unknown as PageParams['door'];
  const behind = useCall('links.door', { params: { key: door } });
  usePullDownRefresh(() => void behind.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="门牌码">
      <Await query={behind} rows={2}>
        {(data) => <AtDoor behind={data} door={door} />}
      </Await>
    </Page>
  );
}

function AtDoor({ behind, door }: { behind: Door; door: string }) {
  const { gridId, place, isClosed, offers } = behind;
  // At home the address is known already.
  const where = { ...(offers.includes('home') ? {} : { gridId, at: place }), scannedKey: door };
  const others = rowsFor(behind, door).filter(({ offer }) => offers.includes(offer));
  return (
    <>
      <View className="door__place">{`您在${place}`}</View>
      {isClosed && <View className="door__words">这一户已经不在这里登记了，这张码只能用来点单。</View>}
      <Button look="main" onPress={() => void go('place', where)}>
        我要点单
      </Button>
      {others.length > 0 && (
        <View className="door__others">
          <Card bare>
            {others.map(({ offer, ...row }) => (
              <Row key={offer} {...row} />
            ))}
          </Card>
        </View>
      )}
    </>
  );
}

interface OfferRow {
  readonly offer: Door['offers'][number];
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
  readonly onPress: () => void;
}

function rowsFor({ householdId }: Door, door: string): OfferRow[] {
  const openHousehold = () => void (householdId && go('household', { householdId }));
  const openBinding = () => void go('bind', { door });
  return [
    { offer: 'home', icon: 'house', title: '我家的单', words: '家里有谁，谁替家里点过单', onPress: openHousehold },
    {
      offer: 'care',
      icon: 'heart-handshake',
      title: '我照看的这一家',
      words: '看看家里的单子',
      onPress: openHousehold,
    },
    { offer: 'serve', icon: 'clipboard-list', title: '看这一户', words: '您服务的户', onPress: openHousehold },
    {
      offer: 'bind',
      icon: 'user-round',
      title: '我是这家的人',
      words: '绑定手机，以后不用再填地址',
      onPress: openBinding,
    },
    {
      ...{ offer: 'askCare', icon: 'heart-handshake', title: '我在外地，想照看这一户' },
      ...{ words: '要家里人同意', onPress: openBinding },
    },
  ];
}
