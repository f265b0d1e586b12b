import { View } from '@tarojs/components';
import { outcomes, type Outcome } from '@sandan/shared/orders/order.words';
import { aria } from '../../ui/aria';
import { Card } from '../../ui/card';
import { Choice, optionsOf } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import { PickRow } from '../../ui/pick-row';
import { outcomeMeanings } from './outcome-words';
import './outcome-choice.scss';

interface OutcomeChoiceProps {
  readonly label: string;
  readonly error?: string;
  readonly value: Outcome | null;
  readonly onChange: (outcome: Outcome) => void;
}

/** 办理结果: one of seven, each in plain words, so that nobody presses 已解决 to be on time. */
export const OutcomeChoice = ({ label, error, value, onChange }: OutcomeChoiceProps) => (
  <Labelled label={label} error={error}>
    <Card bare>
      <View {...aria({ role: 'radiogroup', label })}>
        {(Object.keys(outcomes) as Outcome[]).map((outcome) => (
          <PickRow
            key={outcome}
            title={outcomes[outcome]}
            words={outcomeMeanings[outcome]}
            chosen={outcome === value}
            onPress={() => onChange(outcome)}
          />
        ))}
      </View>
    </Card>
  </Labelled>
);

/** The same in little room, for forms that ask much else: the meaning of the chosen one stands below. */
export const OutcomeChips = ({ label, error, value, onChange }: OutcomeChoiceProps) => (
  <Labelled label={label} error={error}>
    <Choice label={label} options={optionsOf(outcomes)} value={value} onChange={onChange} />
    {value && <View className="outcome-chips__meaning">{outcomeMeanings[value]}</View>}
  </Labelled>
);
