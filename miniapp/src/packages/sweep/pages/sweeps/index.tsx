import { View } from '@tarojs/components';
import { useState } from 'react';
import { SweepRow } from '../../../../features/sweeps/sweep-row';
import { SweepView } from '../../../../features/sweeps/sweep-view';
import { go } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
import { useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Button } from '../../../../ui/button';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { TwoPane, useWide } from '../../../../ui/two-pane';

/** 入户排查、转移安置: for whoever sets them up or leads a part of them; on a wide screen with the one chosen beside the list. */
export default function SweepsPage() {
  const wide = useWide();
  const maySet = useMe()?.can.includes('sweep.set') ?? false;
  const list = useList('sweeps.list', {});
  const [selected, select] = useState<string | null>(null);
  useFreshOnShow(list.query);
  const shown = selected ?? list.items[0]?.id ?? null;
  const setUp = maySet ? (
    <Button look="main" icon="plus" onPress={() => void go('setSweep', {})}>
      新建排查
    </Button>
  ) : undefined;
  const rows = (
    <>
      {wide && <View className="sweep-note">{setUp}</View>}
      <ListView
        list={list}
        label="入户排查"
        keyOf={({ id }) => id}
        row={(sweep) => (
          <SweepRow
            sweep={sweep}
            selected={wide && sweep.id === shown}
            onPress={() => (wide ? select(sweep.id) : void go('sweep', { sweepId: sweep.id }))}
          />
        )}
        empty={{ icon: 'clipboard-list', title: '还没有排查', words: '建好后，每一户派给谁、查得怎样都在这里看。' }}
      />
    </>
  );
  return (
    <Page title="入户排查" wide bottom={wide ? undefined : setUp}>
      {wide ? (
        <View className="sweeps--wide">
          <TwoPane
            list={rows}
            ids={list.items.map(({ id }) => id)}
            selected={shown}
            onSelect={select}
            detail={
              shown === null ? (
                <Placard icon="clipboard-list" title="选中的排查在这里看" />
              ) : (
                <SweepView key={shown} sweepId={shown} />
              )
            }
          />
        </View>
      ) : (
        rows
      )}
    </Page>
  );
}
