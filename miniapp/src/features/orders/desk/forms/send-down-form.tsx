import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useDraft } from '../../../../lib/draft';
import { useAct, useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

type Grid = ReplyFrom<'grids.list'>['grids'][number];

const empty = { words: '' };

/** The village in which the place lies: the only one it can be sent down to. */
function villageOf(grids: readonly Grid[], gridId: string): Grid | null {
  const grid = grids.find(({ id }) => id === gridId);
  if (!grid || grid.tier === 'village') return grid ?? null;
  return grid.parentId === null ? null : villageOf(grids, grid.parentId);
}

/** 交办下级: the village of the place studies it. */
export function SendDownForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.sendDown', { orderId: order.id });
  const below = useCall('grids.list', { query: { underId: order.desk.gridId } });
  const draft = useDraft(`sendDown.${order.id}`, empty);
  const { words } = draft.fields;
  const village = below.data ? villageOf(below.data.grids, order.place.gridId) : null;

  const send = () => {
    if (!village) return;
    const onSuccess = () => {
      draft.clear();
      toast(`交给${village.name}了`);
      onClose();
    };
    act.mutate({ gridId: village.id, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="交给下级办"
      yes={village ? `交给${village.name}` : '交办'}
      doing={act}
      unready={!village || words.trim() === ''}
      onYes={send}
      onClose={onClose}
    >
      <Await query={below} rows={1}>
        {() => <View>{village ? `地点在${village.name}。` : '地点没有标到村，请先改派网格。'}</View>}
      </Await>
      <TextArea
        label="怎么交代？"
        example="比如：属村级道路，请村里先看现场"
        value={words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
