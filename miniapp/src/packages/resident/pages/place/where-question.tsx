import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { GridChoice, type ChosenGrid } from '../../../../features/grids/grid-choice';
import { call } from '../../../../lib/client';
import { platform } from '../../../../lib/platform/platform';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Field } from '../../../../ui/field';
import { troubleWords } from '../../../../ui/trouble';
import { gridOf, houseOf, isForFamily, whereOf } from './place-draft';
import type { QuestionProps } from './place-form';

type Where = 'home' | 'elsewhere' | 'family';

/** 在哪里: at home, somewhere else, or with the parents; whatever was chosen, the group it falls into is shown. */
export function WhereQuestion(props: QuestionProps) {
  const { fields, asked, onChange } = props;
  const { home } = asked.me;
  const where = whereOf(fields, asked);
  const forFamily = isForFamily(fields, asked);
  const house = houseOf(fields, asked);
  return (
    <Card title="在哪里">
      {asked.way !== 'proxy' && <WhereChoice {...props} />}
      {forFamily && (
        <Field
          label="给谁点？"
          example="比如：我妈"
          value={fields.personName}
          error={props.missing.person}
          onChange={(personName) => onChange({ personName })}
        />
      )}
      {forFamily && <House {...props} />}
      {!house && where === 'home' && home && (
        <View className="place__known">
          <View>{[home.village, home.group, home.door].filter(Boolean).join(' ')}</View>
          {forFamily && (
            <Button short look="text" onPress={() => onChange({ where: 'elsewhere' })}>
              不在这里
            </Button>
          )}
        </View>
      )}
      {!house && where === 'elsewhere' && <Elsewhere {...props} />}
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

function WhereChoice({ fields, asked, onChange }: QuestionProps) {
  const options: { value: Where; words: string }[] = [
    ...(asked.me.home ? [{ value: 'home' as const, words: '我家' }] : []),
    { value: 'elsewhere', words: asked.me.home ? '别处' : '我自己的事' },
    ...(asked.way === 'own' ? [{ value: 'family' as const, words: '给爸妈点' }] : []),
  ];
  if (options.length === 1) return null;
  const choose = (value: Where) =>
    onChange(value === 'family' ? { forWhom: 'family', where: null } : { forWhom: 'self', where: value });
  const chosen = isForFamily(fields, asked) ? 'family' : whereOf(fields, asked);
  return <Choice label="在哪里" options={options} value={chosen} onChange={choose} />;
}

/** 照看: children away order for the house that lets them, and it sees the order; without any they say where it is. */
function House({ fields, asked, onChange }: QuestionProps) {
  const { data } = useCall('care.mine');
  const cared = data?.mine.filter(({ state }) => state === 'agreed') ?? [];
  const chosenId = houseOf(fields, asked)?.householdId;
  // Of an earlier draft: the house has ended it since.
  const isOver = data !== undefined && chosenId !== undefined && !cared.some((each) => each.householdId === chosenId);
  useEffect(() => {
    if (isOver) onChange({ house: null });
  }, [isOver, onChange]);
  if (cared.length === 0) return null;
  const options = [
    ...cared.map(({ householdId, who }) => ({ value: householdId, words: who })),
    { value: elsewhere, words: '不是这几家' },
  ];
  const choose = (value: string) => {
    const chosen = options.find((option) => option.value === value && value !== elsewhere);
    onChange({ house: chosen ? { householdId: value, words: chosen.words } : null });
  };
  return <Choice label="哪一家" options={options} value={chosenId ?? elsewhere} onChange={choose} />;
}
const elsewhere = 'elsewhere';

function Elsewhere(props: QuestionProps) {
  const { fields, asked, onChange } = props;
  const { locate, busy, trouble, times } = useLocating(onChange);
  const nearby = asked.way !== 'proxy' && fields.gcj02 === null ? asked.me.home : null;
  return (
    <View className="place__elsewhere">
      <Button look="plain" icon="map-pin" busy={busy} onPress={() => void locate(fields)}>
        {platform.kind === 'wechat' ? '在地图上选' : '就在这里'}
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
        {nearby ? <OwnVillageFirst homeGridId={nearby.gridId} {...props} /> : <Group key={times} {...props} />}
      </View>
    </View>
  );
}

/** Most things happen in the own village: its groups are offered first. */
function OwnVillageFirst({ homeGridId, ...props }: QuestionProps & { homeGridId: string }) {
  const [far, setFar] = useState(false);
  const home = useCall('grids.list', { query: { underId: homeGridId } });
  const villageId = home.data?.grids.find(({ id }) => id === homeGridId)?.parentId ?? undefined;
  if (far) return <Group {...props} />;
  return (
    <>
      <Await query={home} rows={1}>
        {() => <Group {...props} underId={villageId} />}
      </Await>
      <Button short look="text" onPress={() => setFar(true)}>
        在别的村
      </Button>
    </>
  );
}

const Group = ({ fields, asked, missing, underId, onChange }: QuestionProps & { underId?: string | undefined }) => (
  <GridChoice
    label={fields.gcj02 ? '在这里吗？' : '哪个村、哪个组？'}
    error={missing.where}
    value={gridOf(fields, asked)}
    underId={underId}
    to="group"
    wholeVillage
    onChange={(grid) => onChange({ grid })}
  />
);

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
