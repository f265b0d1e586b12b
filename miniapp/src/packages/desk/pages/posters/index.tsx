import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { GridChoice, type ChosenGrid } from '../../../../features/grids/grid-choice';
import { servedGrid } from '../../../../features/grids/served-grid';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useMe, type Me } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { PlatesCard } from './plates-card';
import { PosterCard } from './poster-card';
import './index.scss';

export type PostersHere = ReplyFrom<'posters.at'>;

/** 码和海报: what is printed and hung up, so that people scan it and order where they stand. */
export default function PostersPage() {
  const me = useMe();
  return (
    <Page title="码和海报" wide>
      {me && <Posters me={me} />}
    </Page>
  );
}

function Posters({ me }: { me: Me }) {
  const { group, underId } = servedGrid(me);
  const [grid, setGrid] = useState<ChosenGrid | null>(group ?? ownPlace(me));
  return (
    <>
      {group === null && (
        <Card>
          <GridChoice
            label="印哪里的？"
            to="group"
            wholeVillage
            {...(underId === undefined ? {} : { underId })}
            value={grid}
            onChange={setGrid}
          />
        </Card>
      )}
      {grid ? <Here key={grid.gridId} gridId={grid.gridId} /> : <Placard icon="qr-code" title="先选一个村或组" />}
    </>
  );
}

/** The village or town whose desk one keeps. */
function ownPlace({ roles }: Me): ChosenGrid | null {
  const at = roles.find(({ gridId, tier }) => gridId !== null && (tier === 'village' || tier === 'town'));
  return at?.gridId ? { gridId: at.gridId, words: at.nodeName } : null;
}

function Here({ gridId }: { gridId: string }) {
  const here = useCall('posters.at', { params: { gridId } });
  usePullDownRefresh(() => void here.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Await query={here} rows={3}>
      {(data) => (
        <View className="posters">
          {data.posters.map((poster) => (
            <PosterCard key={poster.what} here={data} poster={poster} />
          ))}
          {data.plates && <PlatesCard gridId={data.gridId} plates={data.plates} />}
        </View>
      )}
    </Await>
  );
}
