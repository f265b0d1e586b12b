import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../lib/endpoints';
import { useAct } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/dialog';
import { Row } from '../../ui/row';
import { ActTrouble } from '../orders/act-sheet';
import './households.scss';

type Care = ReplyFrom<'households.read'>['carers'][number];

/** Who cares for a house, or asks to: the family or its worker says yes, either side ends it. */
export function CareRow({ care }: { care: Care }) {
  const answer = useAct('care.answer', { careId: care.careId });
  const end = useAct('care.end', { careId: care.careId });
  const stop = async () => {
    if (await confirm({ title: '不再照看吗？', words: '以后想照看，可以再申请。', yes: '不再照看', no: '再想想' }))
      end.mutate({});
  };
  return (
    <Row icon="heart-handshake" title={care.who} words={`${care.kinshipName} · ${care.stateName}`}>
      <ActTrouble error={answer.error ?? end.error} />
      {care.allows.length > 0 && (
        <View className="households__acts">
          {care.allows.includes('agree') && (
            <Button short look="main" busy={answer.isPending} onPress={() => answer.mutate({ agree: true })}>
              同意
            </Button>
          )}
          {care.allows.includes('refuse') && (
            <Button short disabled={answer.isPending} onPress={() => answer.mutate({ agree: false })}>
              不同意
            </Button>
          )}
          {care.allows.includes('end') && (
            <Button short look="text" busy={end.isPending} onPress={() => void stop()}>
              不再照看
            </Button>
          )}
        </View>
      )}
    </Row>
  );
}
