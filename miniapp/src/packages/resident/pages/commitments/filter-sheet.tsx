import { commitmentFields, commitmentKinds } from '@sandan/shared/commitments/commitment.words';
import type { Round } from '../../../../features/commitments/commitment';
import { Button } from '../../../../ui/button';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { Sheet } from '../../../../ui/sheet';
import { stages, type WallFilters } from './wall-filters';

interface FilterSheetProps {
  readonly filters: WallFilters;
  readonly rounds: readonly Round[];
  readonly livesHere: boolean;
  /** The page has no room for its segments. */
  readonly withStage: boolean;
  readonly onChange: (some: Partial<WallFilters>) => void;
  readonly onClose: () => void;
}

const all = { value: 'all', words: '全部' } as const;
const reaches = [
  { value: 'here', words: '答应我们村的' },
  { value: 'town', words: '全镇的' },
] as const;

/** Whose, which year, which kind, which field. Each takes effect at once. */
export function FilterSheet({ filters, rounds, livesHere, withStage, onChange, onClose }: FilterSheetProps) {
  const { here, roundId, stage, kind, field } = filters;
  const years = rounds.filter(({ state }) => state !== 'preparing');
  return (
    <Sheet
      title="看哪些承诺"
      open
      onClose={onClose}
      foot={
        <Button look="main" onPress={onClose}>
          就看这些
        </Button>
      }
    >
      {withStage && (
        <Labelled label="办到哪一步">
          <Choice label="办到哪一步" options={stages} value={stage} onChange={(value) => onChange({ stage: value })} />
        </Labelled>
      )}
      {livesHere && (
        <Labelled label="给谁办的">
          <Choice
            label="给谁办的"
            options={reaches}
            value={here ? 'here' : 'town'}
            onChange={(reach) => onChange({ here: reach === 'here' })}
          />
        </Labelled>
      )}
      <Labelled label="哪一年">
        <Choice
          label="哪一年"
          options={years.map(({ id, year }) => ({ value: id, words: `${year} 年` }))}
          value={roundId}
          onChange={(id) => onChange({ roundId: id })}
        />
      </Labelled>
      <Labelled label="谁答应的">
        <Choice
          label="谁答应的"
          options={[all, ...optionsOf(commitmentKinds)]}
          value={kind ?? 'all'}
          onChange={(value) => onChange({ kind: value === 'all' ? null : value })}
        />
      </Labelled>
      <Labelled label="哪一类事">
        <Choice
          label="哪一类事"
          options={[all, ...optionsOf(commitmentFields)]}
          value={field ?? 'all'}
          onChange={(value) => onChange({ field: value === 'all' ? null : value })}
        />
      </Labelled>
    </Sheet>
  );
}
