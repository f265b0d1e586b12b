import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { queries } from '../../../../lib/query';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Choice } from '../../../../ui/choice';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { useWide } from '../../../../ui/two-pane';
import { Changes } from './changes';
import { Holidays } from './holidays';
import { ProtectionSettings } from './protection-settings';
import { TownSettings } from './town-settings';
import { VisitSettings } from './visit-settings';
import './index.scss';

type Places = ReplyFrom<'settings.places'>;
type Place = Places['towns'][number];

/** 设置: of the towns one after the other, and the county's data protection and holidays. Who may only read sees the same without buttons. */
export default function SettingsPage() {
  const places = useCall('settings.places');
  const readAnew = () => queries.invalidateQueries();
  usePullDownRefresh(() => void readAnew().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="设置" wide>
      <Await query={places} rows={1}>
        {(found) => <Choosing places={found} />}
      </Await>
    </Page>
  );
}

const parts = { town: '各镇的设置', county: '全县的设置' } as const;
type Part = keyof typeof parts;

function Choosing({ places: { towns, counties, mayChange } }: { places: Places }) {
  const offered = (Object.keys(parts) as Part[]).filter((part) => (part === 'town' ? towns : counties).length > 0);
  const [part, setPart] = useState<Part>(offered[0] ?? 'town');
  const [chosen, setChosen] = useState<string | null>(null);
  const places = part === 'town' ? towns : counties;
  const place = places.find(({ gridId }) => gridId === chosen) ?? places[0];
  if (!place) return <Placard icon="circle-help" title="没有归您看的设置" words="设置归镇、县的管理员。" />;
  return (
    <>
      {offered.length > 1 && (
        <Segments
          label="看哪些设置"
          segments={offered.map((value) => ({ value, words: parts[value] }))}
          value={part}
          onChange={setPart}
        />
      )}
      {places.length > 1 && (
        <View className="settings__places">
          <Choice
            label={part === 'town' ? '哪个镇' : '哪个县'}
            options={places.map(({ gridId, name }) => ({ value: gridId, words: name }))}
            value={place.gridId}
            onChange={setChosen}
          />
        </View>
      )}
      <OfPlace key={`${part} ${place.gridId}`} part={part} place={place} mayChange={mayChange} />
    </>
  );
}

function OfPlace({ part, place, mayChange }: { part: Part; place: Place; mayChange: boolean }) {
  const wide = useWide();
  const props = { gridId: place.gridId, mayChange };
  return (
    <>
      <View className="settings__name">{place.name}</View>
      <View className={wide ? 'settings settings--wide' : 'settings'}>
        <View className="settings__column">
          {part === 'town' ? <TownSettings {...props} /> : <ProtectionSettings {...props} />}
        </View>
        <View className="settings__column">
          {part === 'town' ? <VisitSettings {...props} /> : <Holidays {...props} />}
          <Changes gridId={place.gridId} />
        </View>
      </View>
    </>
  );
}
