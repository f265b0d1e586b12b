import { View } from '@tarojs/components';
import { useAct } from '../../../../lib/use-call';
import { ActSheet } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

/** 打开保密件: whoever opens it is its named desk person from then on. */
export function OpenForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.open', { orderId: order.id });
  return (
    <ActSheet
      title="打开这件保密的事"
      yes="打开，由我经办"
      doing={act}
      onYes={() => act.mutate({}, { onSuccess: onClose })}
      onClose={onClose}
    >
      <View>打开以后由您经办，别的同事看不到内容。谁打开的、什么时候打开的，都有记录。</View>
    </ActSheet>
  );
}
