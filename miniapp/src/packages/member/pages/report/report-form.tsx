import { View } from '@tarojs/components';
import { EvidenceField } from '../../../../features/orders/evidence-field';
import type { Order } from '../../../../features/orders/order';
import { OutcomeChoice } from '../../../../features/orders/outcome-choice';
import { photoAsked } from '../../../../features/orders/photo-duty';
import type { DraftInHand } from '../../../../lib/draft';
import { Choice } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { leadsOn, type ReportDuty, type ReportErrors, type ReportFields } from './report-fields';

interface ReportFormProps {
  readonly draft: DraftInHand<ReportFields>;
  readonly duty: ReportDuty;
  readonly order: Order;
  readonly errors: ReportErrors;
}

export function ReportForm({ draft, duty, order, errors }: ReportFormProps) {
  const { fields, change } = draft;
  return (
    <>
      <OutcomeChoice
        label="办得怎么样？"
        error={errors.outcome}
        value={fields.outcome}
        onChange={(outcome) => change({ outcome })}
      />
      {leadsOn(fields.outcome) && <Onward fields={fields} errors={errors} change={change} />}
      <TextArea
        label="怎么办的？"
        example="比如：换了新灯泡，晚上已经亮了"
        value={fields.words}
        error={errors.words}
        onChange={(words) => change({ words })}
      />
      {duty.external && (
        <TextArea
          label="外单位怎么答复的？"
          value={fields.answer}
          error={errors.answer}
          onChange={(answer) => change({ answer })}
        />
      )}
      <View className="report__evidence">
        <EvidenceField
          asked={photoAsked(fields.outcome, duty.photo)}
          before={order.photos}
          photoIds={fields.photoIds}
          noPhotoReason={fields.noPhotoReason}
          error={errors.photoIds}
          onPhotos={(photoIds) => change({ photoIds })}
          onReason={(noPhotoReason) => change({ noPhotoReason })}
        />
      </View>
      {duty.team && duty.companions.length > 0 && (
        <Presence fields={fields} duty={duty} errors={errors} change={change} />
      )}
    </>
  );
}

interface PartProps {
  readonly fields: ReportFields;
  readonly errors: ReportErrors;
  readonly change: (some: Partial<ReportFields>) => void;
}

/** 已列入计划, 已转报: to where, and by when. */
const Onward = ({ fields, errors, change }: PartProps) => (
  <>
    <Field
      label={fields.outcome === 'planned' ? '列入了哪个计划？' : '报给了哪个单位，编号多少？'}
      example={fields.outcome === 'planned' ? '比如：明年村道硬化计划' : '比如：县供电公司 95598 工单 2611'}
      maxLength={80}
      value={fields.link}
      error={errors.link}
      onChange={(link) => change({ link })}
    />
    <DateField
      label="大概什么时候？"
      hint="可以不选"
      value={fields.linkOn}
      error={errors.linkOn}
      onChange={(linkOn) => change({ linkOn })}
    />
  </>
);

const presences = [
  { value: 'present', words: '来了' },
  { value: 'absent', words: '没来' },
] as const;

/** Who of the team came. */
const Presence = ({ fields, duty, errors, change }: PartProps & { duty: ReportDuty }) => (
  <Labelled label="大家都来了吗？" error={errors.presence}>
    {duty.companions.map(({ personId, name }) => (
      <View key={personId} className="report__companion">
        <View className="report__name">{name}</View>
        <Choice
          label={`${name}来了吗`}
          options={presences}
          value={fields.presence[personId] ?? null}
          onChange={(presence) => change({ presence: { ...fields.presence, [personId]: presence } })}
        />
      </View>
    ))}
  </Labelled>
);
