import { View } from '@tarojs/components';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Field, Labelled } from '../../../../ui/field';
import { newPlace, type PlaceDraft } from './plan-draft';

interface PlaceFieldsProps {
  readonly places: readonly PlaceDraft[];
  readonly error?: string | undefined;
  readonly onChange: (places: PlaceDraft[]) => void;
}

/** 安置点: where people are brought to; the number is the duty number of the place, no private one. */
export function PlaceFields({ places, error, onChange }: PlaceFieldsProps) {
  const put = (id: string, some: Partial<PlaceDraft>) =>
    onChange(places.map((each) => (each.id === id ? { ...each, ...some } : each)));
  return (
    <Labelled label="转移到哪里？" {...(error === undefined ? {} : { error })}>
      {places.map(({ id, name, address, capacity, keeper, dutyPhone }, index) => (
        <Card key={id}>
          <Field
            label={`安置点 ${index + 1}`}
            example="比如：村小学"
            maxLength={30}
            value={name}
            onChange={(value) => put(id, { name: value })}
          />
          <Field label="在哪里" maxLength={60} value={address} onChange={(value) => put(id, { address: value })} />
          <Field
            label="可住几人"
            kind="number"
            maxLength={5}
            value={capacity}
            onChange={(value) => put(id, { capacity: value })}
          />
          <Field
            label="谁管（可以不填）"
            maxLength={20}
            value={keeper}
            onChange={(value) => put(id, { keeper: value })}
          />
          <Field
            label="值班电话（可以不填）"
            hint="填安置点的值班号码，不填私人号码"
            maxLength={20}
            value={dutyPhone}
            onChange={(value) => put(id, { dutyPhone: value })}
          />
          {places.length > 1 && (
            <Button short look="text" onPress={() => onChange(places.filter((each) => each.id !== id))}>
              去掉这个安置点
            </Button>
          )}
        </Card>
      ))}
      <View>
        <Button short look="text" icon="plus" onPress={() => onChange([...places, newPlace()])}>
          加一个安置点
        </Button>
      </View>
    </Labelled>
  );
}
