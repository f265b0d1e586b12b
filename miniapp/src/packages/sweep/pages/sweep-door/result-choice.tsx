import type { VisitResult } from '@sandan/shared/sweeps/sweep.words';
import { View } from '@tarojs/components';
import { Choice } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';

const results: readonly { value: VisitResult; words: string }[] = [
  { value: 'met', words: '见到了' },
  { value: 'notHome', words: '不在家' },
  { value: 'refused', words: '不配合' },
  { value: 'notFound', words: '查无此户' },
];

interface ResultChoiceProps {
  readonly label: string;
  readonly value: VisitResult | null;
  readonly error?: string | undefined;
  readonly onChange: (value: VisitResult) => void;
}

/** What came of knocking at the door. */
export const ResultChoice = ({ label, value, error, onChange }: ResultChoiceProps) => (
  <Labelled label={label} {...(error === undefined ? {} : { error })}>
    <View className="door-result">
      <Choice label={label} options={results} value={value} onChange={onChange} />
    </View>
  </Labelled>
);
