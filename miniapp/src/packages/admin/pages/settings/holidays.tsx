import { chinaYear } from '@sandan/shared/china-time';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { Segments } from '../../../../ui/segments';
import { HolidaysSheet } from './holidays-sheet';

export type HolidayYear = ReplyFrom<'settings.holidays'>;

interface HolidaysProps {
  readonly gridId: string;
  readonly mayChange: boolean;
}

/** 放假安排: by it days of work are counted; the State Council announces each year in the November before. */
export function Holidays({ gridId, mayChange }: HolidaysProps) {
  const thisYear = chinaYear(useNow());
  const [year, setYear] = useState(thisYear);
  const query = useCall('settings.holidays', { params: { gridId, year } });
  const years = [thisYear, thisYear + 1].map((value) => ({ value: String(value), words: `${value} 年` }));
  return (
    <Card bare title="放假安排">
      <View className="settings__years">
        <Segments
          label="哪一年的放假安排"
          segments={years}
          value={String(year)}
          onChange={(value) => setYear(Number(value))}
        />
      </View>
      <Await query={query} rows={3}>
        {(page) => <OfYear key={page.year} gridId={gridId} page={page} mayChange={mayChange} />}
      </Await>
    </Card>
  );
}

/** 2026-10-01 → 10月1日 */
export const shortDay = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

function OfYear({ gridId, page, mayChange }: HolidaysProps & { page: HolidayYear }) {
  const [editing, setEditing] = useState(false);
  const { holidays, workdays, isKnown, year } = page;
  return (
    <>
      {!isKnown && (
        <Row
          icon="circle-alert"
          title={`${year} 年的还没有录入`}
          words="先按周末和固定的节日算。国务院公布以后，请照着录入。"
        />
      )}
      {holidays.map(({ name, from, to }) => (
        <Row
          key={`${name} ${from}`}
          title={name}
          words={from === to ? shortDay(from) : `${shortDay(from)}—${shortDay(to)}`}
        />
      ))}
      {workdays.length > 0 && <Row title="调休上班" words={workdays.map(shortDay).join('、')} />}
      {mayChange && (
        <View className="settings__holidays-edit">
          <Button icon="pencil" onPress={() => setEditing(true)}>
            {isKnown ? `改 ${year} 年的` : `录入 ${year} 年的`}
          </Button>
        </View>
      )}
      {editing && <HolidaysSheet gridId={gridId} page={page} onClose={() => setEditing(false)} />}
    </>
  );
}
