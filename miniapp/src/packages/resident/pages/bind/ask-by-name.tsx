import { bindingLimits } from '@sandan/shared/people/binding.words';
import { View } from '@tarojs/components';
import { GridChoice, type ChosenGrid } from '../../../../features/grids/grid-choice';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Field } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';

interface Fields {
  readonly grid: ChosenGrid | null;
  readonly headName: string;
  readonly door: string;
}
const empty: Fields = { grid: null, headName: '', door: '' };

/** 报户主和门牌: the answer is the same whether they fit or not; a worker looks. */
export function AskByName() {
  const draft = useDraft('bind', empty);
  const ask = useAct('bindings.ask', undefined);
  const { grid, headName, door } = draft.fields;
  const errors = fieldErrors(ask.error);
  const send = () => {
    if (!grid) return;
    const onSuccess = () => {
      draft.clear();
      toast('已经交上去了，等网格员核实');
    };
    ask.mutate({ gridId: grid.gridId, headName: headName.trim(), door: door.trim() }, { onSuccess });
  };
  const unready = grid === null || headName.trim() === '' || door.trim() === '';
  return (
    <Card title="请网格员核实您是哪一户">
      <View className="bind__words">家门口贴着门牌码的，用微信扫一下更快。</View>
      <GridChoice label="您家在哪里" to="group" value={grid} onChange={(chosen) => draft.change({ grid: chosen })} />
      <Field
        label="户主的姓名"
        hint="户口本上的全名"
        maxLength={bindingLimits.headName}
        value={headName}
        error={errors['headName']}
        onChange={(value) => draft.change({ headName: value })}
      />
      <Field
        label="门牌号"
        example="比如：12号"
        maxLength={bindingLimits.door}
        value={door}
        error={errors['door']}
        onChange={(value) => draft.change({ door: value })}
      />
      <View className="bind__send">
        <ActTrouble error={ask.error} />
        <Button look="main" busy={ask.isPending} disabled={unready} onPress={send}>
          交给网格员核实
        </Button>
      </View>
    </Card>
  );
}
