import { sweepLimits } from '@sandan/shared/sweeps/sweep.words';
import { questionKinds, type QuestionKind } from '@sandan/shared/sweeps/sweep-form';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { SweepQuestion } from '../../../../features/sweeps/sweep';
import { newId } from '../../../../lib/ids';
import { Button } from '../../../../ui/button';
import { Choice } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';

interface QuestionFieldsProps {
  readonly questions: readonly SweepQuestion[];
  readonly error?: string | undefined;
  readonly onChange: (questions: SweepQuestion[]) => void;
}

const kinds = (['yesNo', 'number', 'words', 'choice', 'photo'] as const).map((value) => ({
  ...{ value, words: questionKinds[value] },
}));

/** The short form: what the template asks, with words changed, questions taken out, others added. */
export function QuestionFields({ questions, error, onChange }: QuestionFieldsProps) {
  const put = (at: number, ask: string) =>
    onChange(questions.map((each, index) => (index === at ? { ...each, ask } : each)));
  const hint = `${questions.length} 题，最多 ${sweepLimits.questions} 题`;
  return (
    <Labelled label="问什么？" hint={hint} {...(error === undefined ? {} : { error })}>
      {questions.map(({ id, ask, kind }, index) => (
        <View key={id} className="set-sweep__question">
          <View className="set-sweep__ask">
            <Field
              label={`第 ${index + 1} 题，${questionKinds[kind]}`}
              maxLength={sweepLimits.ask}
              value={ask}
              onChange={(value) => put(index, value)}
            />
          </View>
          <Pressable
            className="set-sweep__remove"
            label={`去掉第 ${index + 1} 题`}
            onPress={() => onChange(questions.filter((_, each) => each !== index))}
          >
            <Icon name="x" />
          </Pressable>
        </View>
      ))}
      {questions.length < sweepLimits.questions && <AddQuestion onAdd={(added) => onChange([...questions, added])} />}
    </Labelled>
  );
}

function AddQuestion({ onAdd }: { onAdd: (question: SweepQuestion) => void }) {
  const [kind, setKind] = useState<QuestionKind>('yesNo');
  const [options, setOptions] = useState('');
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <Button short look="text" icon="plus" onPress={() => setOpen(true)}>
        加一题
      </Button>
    );
  const listed = options.split(/[\s,，、]+/).filter(Boolean);
  const add = () => {
    const asked = { id: newId().slice(-8), ask: '', required: kind !== 'photo' && kind !== 'words' };
    onAdd(addedOf(kind, asked, listed));
    setOpen(false);
    setOptions('');
  };
  return (
    <>
      <Choice label="这一题怎么答" options={kinds} value={kind} onChange={setKind} />
      {kind === 'choice' && (
        <Field label="有哪些选项？" hint="用顿号隔开" maxLength={100} value={options} onChange={setOptions} />
      )}
      <Button short disabled={kind === 'choice' && listed.length < 2} onPress={add}>
        加上
      </Button>
    </>
  );
}

type Asked = Pick<SweepQuestion, 'id' | 'ask' | 'required'>;

/** What is answered with 是 is a finding, unless the template says otherwise: then it can be made an order. */
function addedOf(kind: QuestionKind, asked: Asked, options: string[]): SweepQuestion {
  if (kind === 'yesNo') return { ...asked, kind, finding: true, categoryId: 'other' };
  return kind === 'choice' ? { ...asked, kind, options } : { ...asked, kind };
}
