import { View } from '@tarojs/components';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Choices } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Field, Labelled } from '../../../../ui/field';
import { errorAt, type PlanDraft } from '../../planning/plan-draft';
import { CriteriaFields } from './criteria-fields';
import { JudgesField } from './judges-field';

export interface PlanFieldsProps {
  readonly roundId: string;
  readonly fields: PlanDraft;
  readonly errors: Readonly<Record<string, string>> | undefined;
  readonly onChange: (some: Partial<PlanDraft>) => void;
}

export function PlanFields({ roundId, fields, errors, onChange }: PlanFieldsProps) {
  const at = (name: keyof PlanDraft | 'judgeIds') => {
    const error = errorAt(errors, name);
    return error === undefined ? {} : { error };
  };
  return (
    <>
      <Field
        label="叫什么？"
        value={fields.title}
        maxLength={40}
        {...at('title')}
        onChange={(title) => onChange({ title })}
      />
      <DateField label="哪天办？" value={fields.heldOn} {...at('heldOn')} onChange={(heldOn) => onChange({ heldOn })} />
      <CriteriaFields criteria={fields.criteria} {...at('criteria')} onChange={(criteria) => onChange({ criteria })} />
      <Field
        label="群众评诺占百分之几？"
        hint="一年里群众给承诺打的星，算进总分；其余由评委打"
        kind="number"
        maxLength={3}
        value={fields.residentShare}
        {...at('residentShare')}
        onChange={(residentShare) => onChange({ residentShare })}
      />
      <Contestants
        roundId={roundId}
        chosen={fields.contestantIds}
        {...at('contestantIds')}
        onChange={(contestantIds) => onChange({ contestantIds })}
      />
      <JudgesField
        roundId={roundId}
        judges={fields.judges}
        {...at('judgeIds')}
        onChange={(judges) => onChange({ judges })}
      />
    </>
  );
}

interface ContestantsProps {
  readonly roundId: string;
  readonly chosen: readonly string[];
  readonly error?: string;
  readonly onChange: (ids: string[]) => void;
}

/** Those that owe deeds this year. */
function Contestants({ roundId, chosen, error, onChange }: ContestantsProps) {
  const query = useCall('showcases.contestants', { params: { roundId } });
  return (
    <Labelled
      label="谁参赛？"
      hint={`选了 ${chosen.length} 个，按选的先后上台`}
      {...(error === undefined ? {} : { error })}
    >
      <Await query={query} rows={1}>
        {({ items }) => (
          <>
            <Choices
              label="谁参赛"
              options={items.map(({ organizationId, name }) => ({ value: organizationId, words: name }))}
              values={chosen}
              onChange={onChange}
            />
            {chosen.length < items.length && (
              <View className="plan-fields__all">
                <Button
                  short
                  look="text"
                  onPress={() => onChange([...new Set([...chosen, ...items.map((each) => each.organizationId)])])}
                >
                  全部参赛
                </Button>
              </View>
            )}
          </>
        )}
      </Await>
    </Labelled>
  );
}
