import type { Answer } from '@sandan/shared/sweeps/sweep-form';
import type { SweepQuestion } from '../../../../features/sweeps/sweep';
import { Choice } from '../../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { PhotoGrid } from '../../../../ui/photo-grid';
import { sweepLimits } from '@sandan/shared/sweeps/sweep.words';

interface QuestionFieldProps {
  readonly question: SweepQuestion;
  readonly answer: Answer | undefined;
  readonly photoIds: readonly string[];
  readonly error?: string | undefined;
  readonly onAnswer: (answer: Answer) => void;
  readonly onPhotos: (photoIds: string[]) => void;
}

const yesNo = [
  { value: 'yes', words: '是' },
  { value: 'no', words: '否' },
] as const;

function yesNoOf(answer: Answer | undefined): 'yes' | 'no' | null {
  if (typeof answer !== 'boolean') return null;
  return answer ? 'yes' : 'no';
}

/** One question of the form, by its kind. */
export function QuestionField({ question, answer, photoIds, error, onAnswer, onPhotos }: QuestionFieldProps) {
  const { ask, required, kind } = question;
  const label = required ? ask : `${ask.replace(/（可以不拍）$/, '')}（可以不填）`;
  const wrong = error === undefined ? {} : { error };
  switch (kind) {
    case 'yesNo':
      return (
        <Labelled label={label} {...wrong}>
          <Choice label={ask} options={yesNo} value={yesNoOf(answer)} onChange={(value) => onAnswer(value === 'yes')} />
        </Labelled>
      );
    case 'choice':
      return (
        <Labelled label={label} {...wrong}>
          <Choice
            label={ask}
            options={question.options.map((option) => ({ value: option, words: option }))}
            value={typeof answer === 'string' ? answer : null}
            onChange={onAnswer}
          />
        </Labelled>
      );
    case 'number':
      return (
        <Field label={label} kind="number" maxLength={6} value={String(answer ?? '')} {...wrong} onChange={onAnswer} />
      );
    case 'words':
      return (
        <TextArea
          label={label}
          maxLength={sweepLimits.answer}
          value={String(answer ?? '')}
          {...wrong}
          onChange={onAnswer}
        />
      );
    case 'photo':
      return (
        <Labelled label={label} {...wrong}>
          <PhotoGrid photoIds={photoIds} max={sweepLimits.photos} onChange={onPhotos} />
        </Labelled>
      );
  }
}
