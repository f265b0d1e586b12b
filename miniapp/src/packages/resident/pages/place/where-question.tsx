import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { GridChoice, type ChosenGrid } from '../../../../features/grids/grid-choice';
import { call } from '../../../../lib/client';
import { platform } from '../../../../lib/platform/platform';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Field } from '../../../../ui/field';
import { troubleWords } from '../../../../ui/trouble';
import { isForFamily, whereOf } from './place-draft';
import type { QuestionProps } from './place-form';

/** 在哪里: at home, on the map, or in words; whatever was chosen, the group it falls into is shown. */
export function WhereQuestion(props: QuestionProps) {
  const { fields, asked, onChange } = props;
  const { home } = asked.me;
  const where = whereOf(fields, asked);
  const atHome = isForFamily(fields, asked) ? '老家' : '我家';
  return (
    <Card title="在哪里">
      {home && asked.way !== 'proxy' && (
        <Choice
          label="在哪里"
          options={[
            { value: 'home', words: atHome },
            { value: 'elsewhere', words: '别的地方' },
          ]}
          value={where}
          onChange={(value) => onChange({ where: value })}
        />
      )}
      {where === 'home' && home && (
        <View className="place__known">{[home.village, home.group, home.door].filter(Boolean).join(' ')}</View>
      )}
      {where === 'elsewhere' && <Elsewhere {...props} />}
      <Field
        label="具体在哪"
        hint="可以不写"
        example="比如：老祠堂门口"
        value={fields.address}
        maxLength={orderLimits.address}
        onChange={(address) => onChange({ address })}
      />
    </Card>
  );
}

function Elsewhere({ fields, asked, missing, onChange }: QuestionProps) {
  const { locate, busy, trouble, times } = useLocating(onChange);
  const { roles } = asked.me;
  const { grid } = fields;
  const own = asked.way === 'proxy' ? roles.find(({ gridId, tier }) => gridId !== null && tier === 'group') : undefined;
  useEffect(() => {
    // Who serves one group orders for its people: nothing has to be chosen.
    if (grid === null && own?.gridId) onChange({ grid: { gridId: own.gridId, words: own.nodeName } });
  }, [grid, own?.gridId, own?.nodeName, onChange]);
  return (
    <View className="place__elsewhere">
      <Button look="plain" icon="map-pin" busy={busy} onPress={() => void locate(fields)}>
        {platform.kind === 'wechat' ? '在地图上选' : '就在我站的地方'}
      </Button>
      {fields.gcj02 && (
        <View className="place__point">
          <View>地图上的点已经记下</View>
          <Button short look="text" onPress={() => onChange({ gcj02: null })}>
            不要了
          </Button>
        </View>
      )}
      {trouble && <View className="field__error">{trouble}</View>}
      <View className="place__grid">
        <GridChoice
          key={`${times}${own?.gridId ?? ''}`}
          label={fields.gcj02 ? '在这个组吗？' : '哪个村、哪个组？'}
          error={missing.where}
          value={fields.grid}
          to="group"
          wholeVillage
          onChange={(grid) => onChange({ grid })}
        />
      </View>
    </View>
  );
}

/** Asks the phone for a place and the server for its group. `times` counts what was found. */
function useLocating(onChange: QuestionProps['onChange']) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [times, setTimes] = useState(0);

  const locate = async ({ gcj02, address }: QuestionProps['fields']) => {
    setBusy(true);
    setTrouble(null);
    try {
      const place = await platform.choosePlace(gcj02 ?? undefined);
      if (!place) return;
      const { lat, lng } = place;
      const grid = await gridAt(lat, lng);
      onChange({ gcj02: { lat, lng }, grid, address: address || place.name.slice(0, orderLimits.address) });
      setTimes((before) => before + 1);
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  return { locate, busy, trouble, times };
}

async function gridAt(lat: number, lng: number): Promise<ChosenGrid | null> {
  const { group, village } = await call('grids.locate', { query: { lat, lng } });
  const grid = group ?? village;
  return grid && { gridId: grid.id, words: [village?.name, group?.name].filter(Boolean).join(' ') };
}
