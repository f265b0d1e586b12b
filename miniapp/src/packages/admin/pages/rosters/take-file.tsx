import { useMutation } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { datums } from '@sandan/shared/people/roster.words';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { uploadRoster } from '../../../../lib/client';
import { newId } from '../../../../lib/ids';
import { platform } from '../../../../lib/platform/platform';
import { queries } from '../../../../lib/query';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { ProgressBar } from '../../../../ui/progress-bar';
import type { Offered, Wanted } from '.';
import { PlaceChoice } from './place-choice';

interface TakeFileProps {
  readonly offered: Offered;
  readonly wanted: Wanted;
  readonly onChange: (some: Partial<Wanted>) => void;
}

const fromChat = '先把文件发到微信聊天里（可以发给文件传输助手），再从聊天里选。';
// An .xls is let in, so that the server can say how to help oneself.
const sheets = { endings: ['xlsx', 'csv', 'xls'], words: 'Excel（.xlsx）或 CSV 文件，64 MB 以内。' };
const maps = { endings: ['geojson', 'json'], words: 'GeoJSON 边界文件，64 MB 以内。' };

/** 第二步: for which part of the county, and the file. It is only looked through; nothing is imported yet. */
export function TakeFile({ offered: { places }, wanted, onChange }: TakeFileProps) {
  const { kind, datum } = wanted;
  const isMap = kind === 'boundaries';
  const place = places.find(({ gridId }) => gridId === wanted.gridId) ?? places[0];
  const { endings, words } = isMap ? maps : sheets;
  const [sent, setSent] = useState<number | null>(null);
  const taking = useMutation({
    mutationFn: async (gridId: string) => {
      const file = await platform.chooseSheet(endings);
      if (!file) return;
      setSent(0);
      const query = { gridId, ...(isMap && datum ? { datum } : {}) };
      const begun = await uploadRoster({ kind, importId: newId() }, query, file, setSent);
      queries.setQueryData(['rosters.read', begun.id], begun);
      await queries.invalidateQueries({ queryKey: ['rosters.list'] });
      onChange({ importId: begun.id });
    },
    onSettled: () => setSent(null),
  });
  return (
    <Card title="2　选文件检查">
      <PlaceChoice places={places} value={place} onChange={(gridId) => onChange({ gridId })} />
      {isMap && (
        <Labelled label="坐标系" hint="问测绘的人，不要猜：选错了，边界会偏几百米。">
          <Choice
            label="坐标系"
            options={optionsOf(datums)}
            value={datum}
            onChange={(chosen) => onChange({ datum: chosen })}
          />
        </Labelled>
      )}
      <View className="rosters__words">{platform.kind === 'wechat' ? `${words}${fromChat}` : words}</View>
      {sent !== null && (
        <View className="rosters__progress">
          <ProgressBar percent={sent} words={`上传 ${sent}%`} />
        </View>
      )}
      <ActTrouble error={taking.error} />
      {fieldErrors(taking.error)['file'] && <View className="rosters__wrong">{fieldErrors(taking.error)['file']}</View>}
      <Button
        look="main"
        icon="file-up"
        busy={taking.isPending}
        disabled={!place || (isMap && datum === null)}
        onPress={() => place && taking.mutate(place.gridId)}
      >
        选文件检查
      </Button>
    </Card>
  );
}
