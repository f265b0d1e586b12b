import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { CareRow } from '../../../../features/households/care-row';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Placard } from '../../../../ui/trouble';

/** 我照看的家: the house of the parents, for children who live elsewhere. */
export default function CarePage() {
  const caring = useCall('care.mine');
  usePullDownRefresh(() => void caring.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="我照看的家">
      <Await query={caring} rows={1}>
        {({ mine }) =>
          mine.length === 0 ? (
            <Placard
              icon="heart-handshake"
              title="还没有照看的家"
              words="回家时扫一下门牌码，家里人同意后就可以照看。"
            />
          ) : (
            mine.map((care) => (
              <Card key={care.careId} bare>
                <CareRow care={care} />
                {care.state === 'agreed' && (
                  <Row
                    icon="house"
                    title="看看家里"
                    onPress={() => void go('household', { householdId: care.householdId })}
                  />
                )}
              </Card>
            ))
          )
        }
      </Await>
    </Page>
  );
}
