import type { Round, Door } from '../../../../features/sweeps/sweep';
import type { DraftInHand } from '../../../../lib/draft';
import { Choices } from '../../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { QuestionField } from './question-field';
import { ResultChoice } from './result-choice';
import type { VisitDraft } from './visit-draft';

export interface DoorFormProps {
  readonly form: Pick<Round, 'questions' | 'places' | 'namesPeople' | 'kind'>;
  readonly persons: Door['persons'];
  readonly draft: DraftInHand<VisitDraft>;
  readonly errors: Readonly<Record<string, string>>;
}

/** 入户排查: met or not, then the short form; who is there, where the sweep asks for it by name. */
export function CheckForm({ form, persons, draft: { fields, change }, errors }: DoorFormProps) {
  const answer = (id: string) => (value: VisitDraft['answers'][string]) =>
    change({ answers: { ...fields.answers, [id]: value } });
  return (
    <>
      <ResultChoice
        label="见到人了吗？"
        value={fields.result}
        error={errors['result']}
        onChange={(result) => change({ result })}
      />
      {fields.result === 'met' && (
        <>
          {form.namesPeople && (
            <>
              <Labelled label="家里有谁？" hint="在册的点一点；没在的不用点">
                <Choices
                  label="家里有谁"
                  options={persons.map(({ personId, name }) => ({ value: personId, words: name }))}
                  values={fields.confirmedIds}
                  onChange={(confirmedIds) => change({ confirmedIds })}
                />
              </Labelled>
              <TextArea
                label="不在名册上的人（可以不填）"
                example="比如：外甥女小芳，9 月起同住"
                maxLength={200}
                value={fields.additions}
                onChange={(additions) => change({ additions })}
              />
            </>
          )}
          {form.questions.map((question) => (
            <QuestionField
              key={question.id}
              question={question}
              answer={fields.answers[question.id]}
              photoIds={fields.photoIds}
              error={errors[`answers.${question.id}`]}
              onAnswer={answer(question.id)}
              onPhotos={(photoIds) => change({ photoIds })}
            />
          ))}
          {!form.namesPeople && (
            <Field
              label="见到几个人？（可以不填）"
              kind="number"
              maxLength={2}
              value={fields.peopleMet}
              onChange={(peopleMet) => change({ peopleMet })}
            />
          )}
        </>
      )}
      {fields.result !== null && fields.result !== 'met' && (
        <TextArea
          label="说明（可以不填）"
          example="比如：邻居说去县城带孙子了，周末回来"
          maxLength={200}
          value={fields.words}
          onChange={(words) => change({ words })}
        />
      )}
    </>
  );
}
