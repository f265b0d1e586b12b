import { chinaDate } from '@sandan/shared/china-time';
import { visitLimits, visitNeeds, visitResults, type VisitResult } from '@sandan/shared/households/visit.words';
import type { DraftInHand } from '../../../../lib/draft';
import { dateAfter } from '../../../../lib/china-instant';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useNow } from '../../../../lib/use-now';
import { Choice, Choices, optionsOf } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { PhotosField } from '../../../../ui/photos-field';
import type { VisitFields } from './visit-fields';

interface VisitFormProps {
  readonly household: ReplyFrom<'visits.household'>;
  readonly draft: DraftInHand<VisitFields>;
  readonly errors: Readonly<Record<string, string>>;
}

export function VisitForm({ household, draft: { fields, change }, errors }: VisitFormProps) {
  const now = useNow();
  const { phoneAllowed, people } = household;
  const found = fields.result === 'met' || fields.result === 'phone';
  const results = (Object.keys(visitResults) as VisitResult[])
    .filter((result) => result !== 'phone' || phoneAllowed || fields.result === 'phone')
    .map((value) => ({ value, words: visitResults[value].name }));
  return (
    <>
      <Labelled
        label="走访得怎么样？"
        hint={phoneAllowed ? '去过两次没见到人，这次可以打电话' : undefined}
        error={errors['result']}
      >
        <Choice
          label="走访得怎么样"
          options={results}
          value={fields.result}
          onChange={(result) => change({ result })}
        />
      </Labelled>
      {found && people.length > 0 && (
        <Labelled label="见到谁了？" hint="可以不选" error={errors['metPersonId']}>
          <Choice
            label="见到谁了"
            options={people.map(({ personId, name, relationName }) => ({
              value: personId,
              words: relationName === null ? name : `${name}（${relationName}）`,
            }))}
            value={fields.metPersonId}
            onChange={(metPersonId) => change({ metPersonId: metPersonId === fields.metPersonId ? null : metPersonId })}
          />
        </Labelled>
      )}
      {found && fields.metPersonId === null && (
        <Field
          label={people.length > 0 ? '见到别人，就写一下' : '见到谁了？'}
          example="比如：邻居陈叔"
          maxLength={visitLimits.metWords}
          value={fields.metWords}
          error={errors['metWords']}
          onChange={(metWords) => change({ metWords })}
        />
      )}
      <TextArea
        label="聊了什么？"
        hint="可以不写"
        example="比如：身体还好，屋后的沟堵了"
        maxLength={visitLimits.words}
        value={fields.words}
        error={errors['words']}
        onChange={(words) => change({ words })}
      />
      {found && (
        <Labelled label="家里有什么需要？" hint="没有就不选。选了可以马上替他家点单。">
          <Choices
            label="家里有什么需要"
            options={optionsOf(visitNeeds)}
            values={[...fields.needs]}
            onChange={(needs) => change({ needs })}
          />
        </Labelled>
      )}
      <PhotosField
        hint="不用拍照证明去过；要留个样子才拍，先问过主人。"
        photoIds={fields.photoIds}
        max={visitLimits.photos}
        onChange={(photoIds) => change({ photoIds })}
      />
      <DateField
        label="哪天去的？"
        error={errors['at']}
        value={fields.day === '' ? chinaDate(now) : fields.day}
        from={dateAfter(now, 1 - visitLimits.daysBack)}
        to={chinaDate(now)}
        onChange={(day) => change({ day })}
      />
    </>
  );
}
