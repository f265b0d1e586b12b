import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { GridChoice, type ChosenGrid } from '../../../grids/grid-choice';
import { ActSheet, fieldErrors } from '../../act-sheet';
import type { ActionFormProps } from '../../order-actions';

const empty: { grid: ChosenGrid | null; words: string } = { grid: null, words: '' };

/** 改派网格: the place was wrong. Once. */
export function RedirectForm({ order, onClose }: ActionFormProps) {
  const act = useAct('orders.redirect', { orderId: order.id });
  const draft = useDraft(`redirect.${order.id}`, empty);
  const { grid, words } = draft.fields;
  const wrong = fieldErrors(act.error);

  const redirect = () => {
    if (!grid) return;
    const onSuccess = () => {
      draft.clear();
      toast(`改到${grid.words}了`);
      onClose();
    };
    act.mutate({ gridId: grid.gridId, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title="地点不对，改派网格"
      yes="改派"
      doing={act}
      unready={!grid || words.trim() === ''}
      onYes={redirect}
      onClose={onClose}
    >
      <GridChoice
        label="实际在哪里？"
        hint="只能改一次。"
        error={wrong['gridId']}
        value={grid}
        to="group"
        wholeVillage
        onChange={(chosen) => draft.change({ grid: chosen })}
      />
      <TextArea
        label="怎么知道的？"
        example="比如：打电话问过，在邻村的路口"
        value={words}
        error={wrong['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
