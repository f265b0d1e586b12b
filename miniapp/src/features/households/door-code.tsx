import { Image, View } from '@tarojs/components';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/client';
import { serverAddress } from '../../lib/transport';
import { useAct } from '../../lib/use-call';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/dialog';
import { Sheet } from '../../ui/sheet';
import { toast } from '../../ui/toast';
import { usePaper } from '../commitments/use-paper';
import { unlessPlain } from '../links/unless-plain';
import { ActTrouble } from '../orders/act-sheet';

/** 门牌码: printed and put up inside the door; whoever lives there scans it to order or be bound, whoever is away to care. */
export function DoorCode({ householdId, onClose }: { householdId: string; onClose: () => void }) {
  const code = useQuery({
    queryKey: ['door-code', householdId],
    queryFn: () => call('links.code', { params: { what: 'home', thingId: householdId } }),
    gcTime: 0,
  });
  const paper = usePaper();
  const replace = useAct('posters.replace', { householdId });
  const askToReplace = async () => {
    const sure = await confirm({
      title: '换一张新的门牌码？',
      words: '原来那张马上作废，扫了打不开。换好以后请重新打印，交给这家人贴上。',
      yes: '换一张',
      no: '先不换',
    });
    if (!sure) return;
    const onSuccess = () => {
      toast('换好了，请打印新的');
      void code.refetch();
    };
    replace.mutate({}, { onSuccess });
  };
  return (
    <Sheet
      title="门牌码"
      open
      onClose={onClose}
      foot={
        <>
          <ActTrouble error={paper.error ?? replace.error} />
          <Button
            look="main"
            icon="file-text"
            busy={paper.isPending}
            onPress={() => paper.mutate(() => call('posters.plate', { params: { householdId } }).then(unlessPlain))}
          >
            打印门牌码
          </Button>
          <Button look="text" busy={replace.isPending} onPress={() => void askToReplace()}>
            丢了、被人乱扫？换一张
          </Button>
        </>
      }
    >
      <Await query={code} rows={1}>
        {({ image }) => (
          <View>
            <Image
              className="households__code"
              src={serverAddress(image)}
              mode="aspectFit"
              {...aria({ role: 'img', label: '门牌码' })}
            />
            <View>打印后贴在家门里边。家里人扫一扫就能点单、认亲，在外的儿女扫一扫可以申请照看。</View>
          </View>
        )}
      </Await>
    </Sheet>
  );
}
