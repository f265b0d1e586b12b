import { commitmentFields, commitmentKinds } from '@sandan/shared/commitments/commitment.words';
import type { Round } from '../../../../features/commitments/commitment';
import { Button } from '../../../../ui/button';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { Sheet } from '../../../../ui/sheet';
import { stages, watches, type WallFilters } from './wall-filters';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';

interface FilterSheetProps {
  readonly filters: WallFilters;
  readonly rounds: readonly Round[];
  readonly livesHere: boolean;
  /** The page has no room for its segments. */
  readonly withStage: boolean;
  readonly onChange: (some: Partial<WallFilters>) => void;
  /** One member, one organisation: each is looked for in a sheet of its own. */
  readonly onWho: (who: 'member' | 'organization') => void;
  readonly onClose: () => void;
}

const all = { value: 'all', words: '全部' } as const;
const reaches = [
  { value: 'here', words: '答应我们村的' },
  { value: 'town', words: '全镇的' },
] as const;

/** Whose, which year, which kind, which field. Each takes effect at once. */
export function FilterSheet({ filters, rounds, livesHere, withStage, onChange, onWho, onClose }: FilterSheetProps) {
  const { here, roundId, stage, watch, organizationId, personId, kind, field } = filters;
  const ofOne = organizationId !== null || personId !== null;
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
      {livesHere && !ofOne && (
        <Labelled label="给谁办的">
          <Choice
            label="给谁办的"
            options={reaches}
            value={here ? 'here' : 'town'}
            onChange={(reach) => onChange({ here: reach === 'here' })}
          />
        </Labelled>
      )}
      <Labelled label="谁答应的">
        <Card bare>
          <Row icon="landmark" title="找一个党组织" onPress={() => onWho('organization')} />
          <Row icon="user-round" title="找一位党员" onPress={() => onWho('member')} />
          {ofOne && (
            <Row icon="x" title="不限是谁" onPress={() => onChange({ organizationId: null, personId: null })} />
          )}
        </Card>
      </Labelled>
      <Labelled label="要盯的">
        <Choice label="要盯的" options={watches} value={watch} onChange={(value) => onChange({ watch: value })} />
      </Labelled>
      <Labelled label="哪一年">
        <Choice
          label="哪一年"
          options={years.map(({ id, year }) => ({ value: id, words: `${year} 年` }))}
          value={roundId}
          onChange={(id) => onChange({ roundId: id })}
        />
      </Labelled>
      <Labelled label="哪一种">
        <Choice
          label="哪一种"
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
