import { View } from '@tarojs/components';
import { SweepRow } from '../../../../features/sweeps/sweep-row';
import { useCarried } from '../../../../lib/carried';
import { go } from '../../../../lib/navigation';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';

/** 派给我的排查: what sends me to doors; it is here without a network, too. */
export default function MySweepsPage() {
  const query = useCarried('sweeps.mine');
  useFreshOnShow(query);
  return (
    <Page title="派给我的排查">
      <Await query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Placard icon="clipboard-list" title="现在没有排查派给您" words="派给您了会发消息，不用守着看。" />
          ) : (
            <View className="list" {...aria({ role: 'list', label: '派给我的排查' })}>
              {items.map((sweep) => (
                <View key={sweep.id} className="list__item" {...aria({ role: 'listitem' })}>
                  <SweepRow sweep={sweep} onPress={() => void go('sweepRound', { sweepId: sweep.id })} />
                </View>
              ))}
            </View>
          )
        }
      </Await>
    </Page>
  );
}
