import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useList } from '../../../../lib/use-call';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Segments } from '../../../../ui/segments';
import type { Imported } from './find-out';
import { rowNameOf } from './row-name';
import { Sketch } from './sketch';

type Unit = ReplyFrom<'rosters.units'>['items'][number];
type Standing = Unit['standing'];

const tabs: readonly { readonly value: Standing; readonly words: string }[] = [
  { value: 'faulty', words: '有错' },
  { value: 'added', words: '新增' },
  { value: 'changed', words: '变更' },
  { value: 'ended', words: '终止' },
  { value: 'unchanged', words: '未变' },
  { value: 'missing', words: '文件里没有' },
];

interface UnitsProps {
  readonly importId: string;
  readonly kind: Imported['kind'];
  readonly counts: NonNullable<Imported['counts']>;
}

/** The preview: what would become of each thing, field by field; begins with what asks for something to be done. */
export function Units({ importId, kind, counts }: UnitsProps) {
  const [chosen, choose] = useState<Standing | null>(null);
  const standing = chosen ?? tabs.find(({ value }) => counts[value] > 0)?.value ?? 'added';
  const list = useList('rosters.units', { standing }, { importId });
  return (
    <View className="rosters__units">
      <Segments
        label="看哪些"
        segments={tabs.map((tab) => ({ ...tab, count: counts[tab.value] }))}
        value={standing}
        onChange={choose}
      />
      <ListView
        key={standing}
        list={list}
        label="预览"
        keyOf={({ id }) => id}
        row={(unit) => <UnitCard unit={unit} rowName={rowNameOf(kind)} />}
        empty={{ icon: 'circle-check-big', title: '没有这样的' }}
      />
    </View>
  );
}

interface UnitCardProps {
  readonly unit: Unit;
  readonly rowName: string;
}

const UnitCard = ({ unit: { number, title, changes, faults, hints, drawing }, rowName }: UnitCardProps) => (
  <Card>
    <View className="rosters-unit">
      <View className="rosters-unit__title">{title}</View>
      {number !== null && <View className="rosters-unit__number">{`第 ${number} ${rowName}`}</View>}
    </View>
    {changes.map(({ what, from, to }, index) => (
      <View key={`${what} ${index}`} className="rosters-change">
        <View className="rosters-change__what">{what}</View>
        <View className="rosters-change__words">
          {from !== null && <View className="rosters-change__from">{from}</View>}
          {from !== null && <View className="rosters-change__arrow">→</View>}
          <View>{to ?? '（清空）'}</View>
        </View>
      </View>
    ))}
    {faults.map(({ number: row, head, words }) => (
      <View key={`${row} ${head} ${words}`} className="rosters__wrong">
        {`第 ${row} ${rowName}${head === null ? '' : `“${head}”`}：${words}`}
      </View>
    ))}
    {hints.map((words) => (
      <View key={words} className="rosters__hint">{`提醒：${words}`}</View>
    ))}
    {drawing && <Sketch drawing={drawing} />}
  </Card>
);
