import { chinaDate } from '@sandan/shared/china-time';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { whenWords } from '../../../../lib/time-words';
import { usePut } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { useDraftOver } from '../../../../lib/draft-over';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { DateTimeField, type DayAndTime } from '../../../../ui/date-fields';
import { Field } from '../../../../ui/field';
import { Row } from '../../../../ui/row';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';

type Page = ReplyFrom<'settings.read'>;
type Period = Page['closedPeriods'][number];

interface ClosedProps {
  readonly gridId: string;
  readonly page: Page;
  readonly mayChange: boolean;
}

/** 台风、灾情停办期: no working time passes in it; corrected when it is over sooner. */
export function ClosedPeriods({ gridId, page: { closedPeriods, calendarWarning }, mayChange }: ClosedProps) {
  const now = useNow();
  const [editing, setEditing] = useState<Period | 'new' | null>(null);
  const newestFirst = [...closedPeriods].reverse();
  return (
    <>
      <Card
        bare
        title="台风、灾情停办期"
        aside={
          mayChange && (
            <Button short look="text" icon="plus" onPress={() => setEditing('new')}>
              登记
            </Button>
          )
        }
      >
        {calendarWarning !== null && (
          <Row icon="circle-alert" title={calendarWarning} words="由县管理员在“全县的设置”里录入。" />
        )}
        {newestFirst.length === 0 && <Row title="没有登记过" words="停办期里，一般和可排期的单子不计时。" />}
        {newestFirst.map((period) => (
          <Row
            key={period.id}
            title={period.name}
            words={`${whenWords(period.from, now)} 到 ${whenWords(period.to, now)}`}
            label={`${period.name}，改停办期`}
            onPress={mayChange ? () => setEditing(period) : undefined}
          />
        ))}
      </Card>
      {editing !== null && (
        <PeriodSheet gridId={gridId} period={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

/** 2026-09-16 and 08:00, in China. */
const partsOf = (at: string): DayAndTime => ({
  date: chinaDate(Date.parse(at)),
  time: new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16),
});
const instantOf = ({ date, time }: DayAndTime): string => new Date(`${date}T${time}:00+08:00`).toISOString();
const isWhole = ({ date, time }: DayAndTime): boolean => date !== '' && time !== '';
const nothing: DayAndTime = { date: '', time: '' };

interface SheetProps {
  readonly gridId: string;
  /** Null: a new one. */
  readonly period: Period | null;
  readonly onClose: () => void;
}

function PeriodSheet({ gridId, period, onClose }: SheetProps) {
  const act = usePut('settings.closePeriod');
  const draft = useDraftOver(`closed-period.${period?.id ?? gridId}`, {
    name: period?.name ?? '',
    begins: period ? partsOf(period.from) : nothing,
    ends: period ? partsOf(period.to) : nothing,
  });
  const { name, begins, ends } = draft.fields;
  const errors = fieldErrors(act.error);
  const save = () => {
    const onSuccess = () => {
      draft.clear();
      toast('记下了，正在走的时限会重新算');
      onClose();
    };
    const body = { name: name.trim(), from: instantOf(begins), to: instantOf(ends) };
    act.mutate({ params: { gridId, periodId: period?.id ?? draft.id }, body }, { onSuccess });
  };
  return (
    <ActSheet
      title={period ? '改停办期' : '登记停办期'}
      yes="保存"
      doing={act}
      unready={name.trim() === '' || !isWhole(begins) || !isWhole(ends)}
      onYes={save}
      onClose={onClose}
    >
      <DraftNote draft={draft} />
      <Field
        label="为什么停办？"
        example="台风“海燕”"
        maxLength={40}
        value={name}
        error={errors['name']}
        onChange={(value) => draft.change({ name: value })}
      />
      <DateTimeField
        label="从什么时候"
        value={begins}
        error={errors['from']}
        onChange={(value) => draft.change({ begins: value })}
      />
      <DateTimeField
        label="到什么时候"
        hint="提早恢复了，再来把这里改早。"
        value={ends}
        error={errors['to']}
        onChange={(value) => draft.change({ ends: value })}
      />
      <View className="settings__note">停办期里一般和可排期的单子不计时，急事照常办。一次最多 31 天。</View>
    </ActSheet>
  );
}
