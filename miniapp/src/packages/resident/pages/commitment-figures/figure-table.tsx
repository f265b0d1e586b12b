import { View } from '@tarojs/components';
import { shareWords } from '../../../../features/commitments/figure-words';
import { aria } from '../../../../ui/aria';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { ProgressBar } from '../../../../ui/progress-bar';
import { besideWords, doneName, doneWords, owedWords, publicWords, type FigureRow } from './row-words';

interface RowsProps {
  readonly rows: readonly FigureRow[];
  readonly isOver: boolean;
  readonly onOpen: (row: FigureRow) => void;
}

/** How many were made public and how many of them are done; a bar only where there are enough for a share. */
export const DoneBar = ({ row, isOver }: { row: FigureRow; isOver: boolean }) => (
  <>
    <View className="figure__public">{publicWords(row, isOver)}</View>
    {row.share !== null && <ProgressBar percent={row.share * 100} words={shareWords(row.share)} colour="done" />}
  </>
);

/** On a phone: a card a row, the bar in the middle of it. */
export const FigureCards = ({ rows, isOver, onOpen }: RowsProps) => (
  <View className="figure-cards">
    {rows.map((row) => (
      <Pressable key={row.kind + row.id} className="figure" onPress={() => onOpen(row)}>
        <View className="figure__head">
          <View className="figure__name">{row.name}</View>
          <Icon name="chevron-right" className="row__more" />
        </View>
        <View className="figure__owed">{owedWords(row)}</View>
        <DoneBar row={row} isOver={isOver} />
        {besideWords(row) !== '' && <View className="figure__beside">{besideWords(row)}</View>}
      </Pressable>
    ))}
  </View>
);

const countOrDash = (count: number | null): string => (count === null || count === 0 ? '–' : String(count));

/** On a wide screen: the same as a table. */
export function FigureTable({ rows, isOver, onOpen }: RowsProps) {
  const watched = rows.some(({ underMinimum }) => underMinimum !== null);
  const heads = ['应承诺', '公示', '等验收', '超时', '有异议', ...(watched ? ['不够数'] : []), '评分（人次）'];
  const cellsOf = ({ owed, promised, delivered, overdue, disputed, underMinimum, ...row }: FigureRow): string[] => [
    ...[owed, promised, delivered, overdue, disputed].map(countOrDash),
    ...(watched ? [countOrDash(underMinimum)] : []),
    row.stars === null ? '–' : `${row.stars.toFixed(1)}（${row.raters}）`,
  ];
  return (
    <View className="figure-table" {...aria({ role: 'table', label: '办得怎么样' })}>
      <View className="figure-table__row figure-table__row--head" {...aria({ role: 'row' })}>
        <View className="figure-table__name">名称</View>
        <View className="figure-table__bar">{`${doneName(isOver)} / 公示`}</View>
        {heads.map((head) => (
          <View key={head} className="figure-table__cell">
            {head}
          </View>
        ))}
      </View>
      {rows.map((row) => (
        <Pressable
          key={row.kind + row.id}
          className="figure-table__row"
          label={`${row.name}，${doneName(isOver)} ${doneWords(row)}`}
          onPress={() => onOpen(row)}
        >
          <View className="figure-table__name">{row.name}</View>
          <View className="figure-table__bar">
            {row.share === null ? (
              doneWords(row)
            ) : (
              <ProgressBar
                percent={row.share * 100}
                words={`${doneWords(row)} ${shareWords(row.share)}`}
                colour="done"
              />
            )}
          </View>
          {cellsOf(row).map((cell, index) => (
            <View key={heads[index]} className="figure-table__cell">
              {cell}
            </View>
          ))}
        </Pressable>
      ))}
    </View>
  );
}
