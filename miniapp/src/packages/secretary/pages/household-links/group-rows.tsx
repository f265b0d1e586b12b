import { householdTitle } from '../../../../features/households/household-words';
import { Card } from '../../../../ui/card';
import { PickRow } from '../../../../ui/pick-row';
import { Tag } from '../../../../ui/tags';
import type { Plan } from './use-plan';

type PlanRow = Plan['rows'][number];

interface GroupRowsProps {
  readonly rows: readonly PlanRow[];
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

const tags = {
  none: null,
  new: { colour: 'working', words: '新联' },
  other: { colour: 'open', words: '换人' },
  standIn: { colour: 'open', words: '顶替' },
  nobody: { colour: 'overdue', words: '没有人' },
} as const;

/** Household by household: who it was and who it will be. Any number of them may be chosen to be moved. */
export const GroupRows = ({ rows, chosen, onChoose }: GroupRowsProps) => (
  <Card bare>
    {rows.map((row) => (
      <PickRow
        key={row.householdId}
        several
        title={householdTitle(row)}
        words={rowWords(row)}
        end={<Change change={row.change} />}
        chosen={chosen.includes(row.householdId)}
        onPress={() => onChoose(toggled(chosen, row.householdId))}
      />
    ))}
  </Card>
);

const Change = ({ change }: Pick<PlanRow, 'change'>) => {
  const tag = tags[change];
  return tag && <Tag colour={tag.colour} words={tag.words} />;
};

const toggled = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];

/** 李建国 → 王小明，外出时由陈梅顶替；群众想换人 */
function rowWords({ before, after, standIn, asked }: PlanRow): string {
  const to = after?.name ?? '没有合适的人';
  const moved = before === null || before.id === after?.id ? to : `${before.name} → ${to}`;
  return [moved, standIn === null ? null : `外出时由${standIn.name}顶替`, asked ? '群众想换人' : null]
    .filter((part) => part !== null)
    .join('，');
}
