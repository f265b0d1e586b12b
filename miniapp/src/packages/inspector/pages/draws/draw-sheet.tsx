import { useState } from 'react';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import { dateAfter } from '../../../../lib/china-instant';
import { go } from '../../../../lib/navigation';
import { useMe } from '../../../../lib/session';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Choice } from '../../../../ui/choice';
import { MonthField } from '../../../../ui/date-fields';
import { Labelled } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';

const firstMonth = '2024-01';

/** 抽查: a month and a town; the lot decides which, and it is not cast twice. */
export function DrawSheet({ onClose }: { onClose: () => void }) {
  const now = useNow();
  const thisMonth = dateAfter(now, 0).slice(0, 7);
  const me = useMe();
  const towns = useCall('grids.list', { query: { tier: 'town' } });
  const draw = useAct('inspections.draw', undefined);
  const [month, setMonth] = useState(thisMonth);
  const [townId, setTownId] = useState<string | null>(me?.town?.gridId ?? null);
  const wrong = fieldErrors(draw.error);

  const cast = () => {
    if (townId === null) return;
    const onSuccess = ({ id, drawn }: { id: string; drawn: number }) => {
      toast(`抽到 ${drawn} 件`);
      onClose();
      void go('sample', { drawId: id });
    };
    draw.mutate({ gridId: townId, month }, { onSuccess });
  };
  return (
    <ActSheet
      title="抽一次"
      yes="开始抽"
      doing={draw}
      unready={townId === null || month === ''}
      onYes={cast}
      onClose={onClose}
    >
      <MonthField
        label="哪个月办结的？"
        hint="抽到哪些由随机数定，抽签号和名单都留底；抽过的月份不能重抽。"
        value={month}
        from={firstMonth}
        to={thisMonth}
        error={wrong['month']}
        onChange={setMonth}
      />
      <Labelled label="哪个镇？" error={wrong['gridId']}>
        <Await query={towns} rows={1}>
          {({ grids }) => (
            <Choice
              label="哪个镇"
              options={grids.map(({ id, name }) => ({ value: id, words: name }))}
              value={townId}
              onChange={setTownId}
            />
          )}
        </Await>
      </Labelled>
    </ActSheet>
  );
}
