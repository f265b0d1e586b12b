import { Image, View } from '@tarojs/components';
import { usePaper } from '../../../../features/commitments/use-paper';
import { unlessPlain } from '../../../../features/links/unless-plain';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { serverAddress } from '../../../../lib/transport';
import { useAct, useCall } from '../../../../lib/use-call';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { toast } from '../../../../ui/toast';
import type { PostersHere } from './index';

type Poster = PostersHere['posters'][number];

const leadsTo: Record<Poster['what'], string> = {
  grid: '贴在公示栏、路口。扫一扫就在这里点单。',
  desk: '贴在窗口边上。来办事的人扫一扫就能点单。',
  groups: '一次印好，每处一张。',
};

/** One kind of poster: its code on the screen, the sheet as PDF. */
export function PosterCard({ here, poster: { what, name, pages } }: { here: PostersHere; poster: Poster }) {
  const paper = usePaper();
  const print = () =>
    paper.mutate(() => call('posters.poster', { params: { gridId: here.gridId }, query: { what } }).then(unlessPlain));
  return (
    <Card title={name}>
      {what !== 'groups' && <CodePicture what={what} thingId={here.gridId} label={name} />}
      <View className="posters__words">{leadsTo[what]}</View>
      <ActTrouble error={paper.error} />
      <Button icon="file-text" busy={paper.isPending} label={`打印${name}`} onPress={print}>
        {pages === 1 ? '打印 A4 海报' : `打印 ${pages} 张 A4 海报`}
      </Button>
      {what !== 'groups' && <Replace what={what} gridId={here.gridId} name={name} />}
    </Card>
  );
}

/** A poster that hangs where it should not cannot be called back; its code can. */
function Replace({ what, gridId, name }: { what: 'grid' | 'desk'; gridId: string; name: string }) {
  const replace = useAct('posters.replacePlace', { gridId });
  const ask = async () => {
    const sure = await confirm({
      title: '换一张新的码？',
      words: `已经贴出去的${name}马上作废，扫了打不开。换好以后请重新打印，把旧的都换下来。`,
      yes: '换一张',
      no: '先不换',
    });
    if (sure) replace.mutate({ what }, { onSuccess: () => toast('换好了，请打印新的') });
  };
  return (
    <>
      <ActTrouble error={replace.error} />
      <Button look="text" busy={replace.isPending} label={`${name}要收回，换一张码`} onPress={() => void ask()}>
        贴错了、被人乱扫？换一张
      </Button>
    </>
  );
}

function CodePicture({ what, thingId, label }: { what: 'grid' | 'desk'; thingId: string; label: string }) {
  const code = useCall('links.code', { params: { what, thingId } });
  return (
    <Await query={code} rows={1}>
      {({ image }) => (
        <Image
          className="posters__code"
          src={serverAddress(image)}
          mode="aspectFit"
          showMenuByLongpress
          {...aria({ role: 'img', label: `${label}上的码` })}
        />
      )}
    </Await>
  );
}
