import { View } from '@tarojs/components';
import { fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraftOver } from '../../../../lib/draft-over';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall, usePut } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { TimeSpanField } from '../../../../ui/date-fields';
import { Field } from '../../../../ui/field';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { ClosedPeriods } from './closed-periods';
import { isNumber, numberIn } from './typed-number';
import { SaveSettings } from './save-settings';

interface TownProps {
  readonly gridId: string;
  readonly mayChange: boolean;
}
type Page = ReplyFrom<'settings.read'>;
type Settings = Page['settings'];
type Span = Settings['daytime'];

/** 镇的设置: hours, the share that is inspected, the phone at which somebody answers. */
export function TownSettings({ gridId, mayChange }: TownProps) {
  const query = useCall('settings.read', { params: { gridId } });
  return (
    <Await query={query}>
      {(page) => (
        <>
          <Form gridId={gridId} settings={page.settings} mayChange={mayChange} />
          <ClosedPeriods gridId={gridId} page={page} mayChange={mayChange} />
        </>
      )}
    </Await>
  );
}

const typedOf = ({
  inspectionPercent,
  vacantAfterDays,
  reviewSamplePercent,
  complaintsToHide,
  dutyPhone,
  digestTimes,
  ...hours
}: Settings) => ({
  ...{ ...hours, digestTimes: (digestTimes ?? []).join(' ') },
  ...{ reviewSamplePercent: String(reviewSamplePercent), complaintsToHide: String(complaintsToHide) },
  ...{ inspectionPercent: String(inspectionPercent), vacantAfterDays: String(vacantAfterDays) },
  dutyPhone: dutyPhone ?? '',
});

function Form({ gridId, settings, mayChange }: TownProps & { settings: Settings }) {
  const act = usePut('settings.change');
  const draft = useDraftOver(`town-settings.${gridId}`, typedOf(settings));
  const { fields, change } = draft;
  const errors = fieldErrors(act.error);
  const save = () => {
    const body = {
      ...{ workHours: fields.workHours, daytime: fields.daytime, quietHours: fields.quietHours },
      ...{ inspectionPercent: numberIn(fields.inspectionPercent), vacantAfterDays: numberIn(fields.vacantAfterDays) },
      reviewSamplePercent: numberIn(fields.reviewSamplePercent),
      complaintsToHide: numberIn(fields.complaintsToHide),
      dutyPhone: fields.dutyPhone.trim() || null,
      digestTimes: fields.digestTimes.split(/[\s,，、]+/).filter(Boolean),
    };
    act.mutate({ params: { gridId }, body }, { onSuccess: () => toast('改好了，新点的单子按新的算') });
  };
  return (
    <>
      {mayChange && <DraftNote draft={draft} />}
      <Card title="时间">
        <WorkHours spans={fields.workHours} errors={errors} onChange={(workHours) => change({ workHours })} />
        <TimeSpanField
          label="白天"
          hint="紧急的单子在这段时间里计时、派人。"
          value={fields.daytime}
          error={errorOf(errors, 'daytime')}
          onChange={(daytime) => change({ daytime })}
        />
        <TimeSpanField
          label="免打扰"
          hint="这段时间不发消息，特急的除外。可以跨过半夜。"
          value={fields.quietHours}
          error={errorOf(errors, 'quietHours')}
          onChange={(quietHours) => change({ quietHours })}
        />
        <Field
          label="汇总时间"
          hint="新到的单子和超时的事，上班的日子到这几个时间合成一条消息，特急和急的马上说。例如 08:00 14:00。"
          maxLength={30}
          value={fields.digestTimes}
          error={errorOf(errors, 'digestTimes')}
          onChange={(digestTimes) => change({ digestTimes })}
        />
      </Card>
      <Card title="督查和值班">
        <View className="settings__numbers">
          <Field
            label="每月抽查办结的单子（%）"
            hint="通常 5。"
            kind="number"
            maxLength={3}
            value={fields.inspectionPercent}
            error={errors['inspectionPercent']}
            onChange={(inspectionPercent) => change({ inspectionPercent })}
          />
          <Field
            label="离岗几天算空缺（天）"
            hint="过了这些天，由上一级代管。通常 14。"
            kind="number"
            maxLength={3}
            value={fields.vacantAfterDays}
            error={errors['vacantAfterDays']}
            onChange={(vacantAfterDays) => change({ vacantAfterDays })}
          />
          <Field
            label="值班电话"
            hint="群众急事打这个号，可以留空。"
            maxLength={20}
            value={fields.dutyPhone}
            error={errors['dutyPhone']}
            onChange={(dutyPhone) => change({ dutyPhone })}
          />
        </View>
      </Card>
      <Card title="内容审核">
        <View className="settings__numbers">
          <Field
            label="通过的内容抽查多少（%）"
            hint="由人再看一眼。通常 2，不抽写 0。"
            kind="number"
            maxLength={3}
            value={fields.reviewSamplePercent}
            error={errors['reviewSamplePercent']}
            onChange={(reviewSamplePercent) => change({ reviewSamplePercent })}
          />
          <Field
            label="几户人家投诉就先屏蔽"
            hint="一家人算一户。等人看过再定，通常 3。"
            kind="number"
            maxLength={2}
            value={fields.complaintsToHide}
            error={errors['complaintsToHide']}
            onChange={(complaintsToHide) => change({ complaintsToHide })}
          />
        </View>
      </Card>
      {mayChange && (
        <SaveSettings
          words="保存时间、督查、值班和内容审核"
          act={act}
          unready={
            ![
              fields.inspectionPercent,
              fields.vacantAfterDays,
              fields.reviewSamplePercent,
              fields.complaintsToHide,
            ].every(isNumber)
          }
          onSave={save}
        />
      )}
    </>
  );
}

/** Of a thing and of its parts: `daytime`, `daytime.to`. */
const errorOf = (errors: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(errors).find(([field]) => field === name || field.startsWith(`${name}.`))?.[1];

const mostSpans = 3;

interface WorkHoursProps {
  readonly spans: readonly Span[];
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (spans: Span[]) => void;
}

/** 办公时间 in up to three pieces, in the order of the day. */
function WorkHours({ spans, errors, onChange }: WorkHoursProps) {
  const at = (index: number, span: Span) => onChange(spans.map((each, other) => (other === index ? span : each)));
  return (
    <>
      {spans.map((span, index) => (
        <View key={index} className="settings__span">
          <TimeSpanField
            label={index === 0 ? '办公时间' : `办公时间，第 ${index + 1} 段`}
            value={span}
            error={errorOf(errors, `workHours.${index}`) ?? (index === 0 ? errors['workHours'] : undefined)}
            onChange={(changed) => at(index, changed)}
          />
          {spans.length > 1 && (
            <Button
              short
              look="text"
              label={`去掉办公时间第 ${index + 1} 段`}
              onPress={() => onChange(spans.filter((_, other) => other !== index))}
            >
              去掉
            </Button>
          )}
        </View>
      ))}
      {spans.length < mostSpans && (
        <Button short look="text" icon="plus" onPress={() => onChange([...spans, { from: '18:00', to: '20:00' }])}>
          加一段办公时间
        </Button>
      )}
    </>
  );
}
