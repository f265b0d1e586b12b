import { View } from '@tarojs/components';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraftOver } from '../../../../lib/draft-over';
import { queries } from '../../../../lib/query';
import { usePut } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { DateField } from '../../../../ui/date-fields';
import { Field } from '../../../../ui/field';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import type { HolidayYear } from './holidays';

interface HolidaysSheetProps {
  readonly gridId: string;
  readonly page: HolidayYear;
  readonly onClose: () => void;
}
type Holiday = HolidayYear['holidays'][number];

const [mostHolidays, mostWorkdays] = [15, 30];

/** A year as it is announced: each holiday from–to, and the weekend days that are worked for them. */
export function HolidaysSheet({ gridId, page: { year, holidays, workdays, version }, onClose }: HolidaysSheetProps) {
  const act = usePut('settings.saveHolidays');
  const draft = useDraftOver(`holidays.${gridId}.${year}`, { holidays: [...holidays], workdays: [...workdays] });
  const { fields, change } = draft;
  const errors = fieldErrors(act.error);
  // 元旦 may begin in the week before.
  const within = { from: `${year - 1}-12-24`, to: `${year}-12-31` };
  const isWhole =
    fields.holidays.every(({ name, from, to }) => name.trim() && from && to) && fields.workdays.every(Boolean);
  const setHoliday = (index: number, some: Partial<Holiday>) =>
    change({ holidays: fields.holidays.map((each, at) => (at === index ? { ...each, ...some } : each)) });
  const save = () => {
    const onSuccess = () => {
      draft.clear();
      toast('记下了，新点的单子按这个算');
      onClose();
    };
    // What somebody else has saved meanwhile is shown instead, with what the server says to it.
    const onError = () => void queries.invalidateQueries({ queryKey: ['settings.holidays'] });
    act.mutate({ params: { gridId, year }, body: { ...fields, readVersion: version } }, { onSuccess, onError });
  };
  return (
    <ActSheet
      title={`${year} 年的放假安排`}
      yes="保存"
      doing={act}
      unready={!isWhole || fields.holidays.length === 0}
      onYes={save}
      onClose={onClose}
    >
      <DraftNote draft={draft} />
      <View className="settings__note">
        照国务院公布的填；元旦从上一年的年底放起的，也填在这里。正在走的时限不变，新点的单子按新的算。
      </View>
      {fields.holidays.map((holiday, index) => (
        <HolidayFields
          key={index}
          {...{ holiday, within, number: index + 1 }}
          error={errors[`holidays.${index}.to`]}
          onChange={(some) => setHoliday(index, some)}
          onRemove={() => change({ holidays: fields.holidays.filter((_, at) => at !== index) })}
        />
      ))}
      {errors['holidays'] && <View className="settings__wrong">{errors['holidays']}</View>}
      {fields.holidays.length < mostHolidays && (
        <Button
          short
          look="text"
          icon="plus"
          onPress={() => change({ holidays: [...fields.holidays, { name: '', from: '', to: '' }] })}
        >
          加一个假期
        </Button>
      )}
      {fields.workdays.map((day, index) => (
        <View key={index} className="settings__span">
          <DateField
            label={`调休上班，第 ${index + 1} 天`}
            {...within}
            value={day}
            onChange={(value) => change({ workdays: fields.workdays.map((each, at) => (at === index ? value : each)) })}
          />
          <Button
            short
            look="text"
            label={`去掉调休上班的第 ${index + 1} 天`}
            onPress={() => change({ workdays: fields.workdays.filter((_, at) => at !== index) })}
          >
            去掉
          </Button>
        </View>
      ))}
      {errors['workdays'] && <View className="settings__wrong">{errors['workdays']}</View>}
      {fields.workdays.length < mostWorkdays && (
        <Button short look="text" icon="plus" onPress={() => change({ workdays: [...fields.workdays, ''] })}>
          加一天调休上班
        </Button>
      )}
    </ActSheet>
  );
}

interface HolidayFieldsProps {
  readonly holiday: Holiday;
  readonly number: number;
  readonly within: { readonly from: string; readonly to: string };
  readonly error: string | undefined;
  readonly onChange: (some: Partial<Holiday>) => void;
  readonly onRemove: () => void;
}

function HolidayFields({ holiday: { name, from, to }, number, within, error, onChange, onRemove }: HolidayFieldsProps) {
  return (
    <View className="settings__holiday">
      <View className="settings__span">
        <Field
          label={`第 ${number} 个假期`}
          example="春节"
          maxLength={20}
          value={name}
          onChange={(value) => onChange({ name: value })}
        />
        <Button short look="text" label={`去掉第 ${number} 个假期`} onPress={onRemove}>
          去掉
        </Button>
      </View>
      <View className="settings__span">
        <DateField label="从" {...within} value={from} onChange={(value) => onChange({ from: value })} />
        <DateField label="到" {...within} value={to} error={error} onChange={(value) => onChange({ to: value })} />
      </View>
    </View>
  );
}
