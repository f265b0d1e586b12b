import { go } from '../../../../lib/navigation';
import { whenWords } from '../../../../lib/time-words';
import { useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';

export const stateColours = { prepared: 'open', applied: 'done', cancelled: 'stopped', undone: 'stopped' } as const;

/** 换届交接: what is prepared, and what has been done. */
export default function HandoversPage() {
  const list = useList('handovers.list', {});
  useFreshOnShow(list.query);
  const now = useNow();
  return (
    <Page title="换届交接">
      <ListView
        list={list}
        label="换届交接"
        keyOf={({ id }) => id}
        row={(handover) => (
          <Card bare>
            <Row
              title={`${handover.nodeName} ${handover.kindName}`}
              words={`${whenWords(handover.effectiveAt, now)} 生效 · ${handover.posts.length} 个职务 · ${handover.by}`}
              end={<Tag colour={stateColours[handover.state]} words={handover.stateName} />}
              onPress={() => void go('handover', { handoverId: handover.id })}
            />
          </Card>
        )}
        empty={{
          icon: 'refresh-cw',
          title: '还没有交接',
          words: '在“网格和组织”里打开一个村或党组织，点“换届交接”来准备。',
          action: { words: '去网格和组织', onPress: () => void go('trees') },
        }}
      />
    </Page>
  );
}
