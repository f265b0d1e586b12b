import { View } from '@tarojs/components';
import { usePaper } from '../../../../features/commitments/use-paper';
import { unlessPlain } from '../../../../features/links/unless-plain';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import type { PostersHere } from './index';

interface PlatesCardProps {
  readonly gridId: string;
  readonly plates: NonNullable<PostersHere['plates']>;
}

/** 门牌码 of all houses here, to be cut out; a large village comes in several files. */
export function PlatesCard({ gridId, plates: { households, parts } }: PlatesCardProps) {
  return (
    <Card title="门牌码">
      <View className="posters__words">
        {households === 0
          ? '这里还没有登记住户，先在“村民家庭”里登记。'
          : `共 ${households} 户，按门牌排好，一页 8 张，照着短线裁开。上面只有地方和门牌，没有人名和电话。请当面交给各家，贴在门里边。`}
      </View>
      {parts.map((part) => (
        <PartButton key={part.part} gridId={gridId} part={part} only={parts.length === 1} />
      ))}
      {households > 0 && <View className="posters__words">只印一户的，在“村民家庭”里打开那一户。</View>}
    </Card>
  );
}

interface PartButtonProps {
  readonly gridId: string;
  readonly part: PlatesCardProps['plates']['parts'][number];
  readonly only: boolean;
}

function PartButton({ gridId, part: { part, name, plates }, only }: PartButtonProps) {
  const paper = usePaper();
  const print = () =>
    paper.mutate(() => call('posters.plates', { params: { gridId }, body: { part } }).then(unlessPlain));
  return (
    <View className="posters__part">
      <ActTrouble error={paper.error} />
      <Button icon="file-text" busy={paper.isPending} onPress={print}>
        {only ? `打印 ${plates} 张门牌码` : `第 ${part} 份：${name}，${plates} 张`}
      </Button>
    </View>
  );
}
