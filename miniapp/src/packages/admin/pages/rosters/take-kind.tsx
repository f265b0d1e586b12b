import { useMutation } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { rosterMeasures, rosterUses, type RosterKind } from '@sandan/shared/people/roster.words';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { download } from '../../../../lib/client';
import { platform } from '../../../../lib/platform/platform';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { PickRow } from '../../../../ui/pick-row';
import type { Offered } from '.';

interface TakeKindProps {
  readonly kinds: Offered['kinds'];
  readonly value: RosterKind;
  readonly onChange: (kind: RosterKind) => void;
}

/** Nothing in a phone opens a map file. */
const mayOpen = (kind: RosterKind): boolean => kind !== 'boundaries' || platform.kind !== 'wechat';

/** 第一步: which list, in the order in which a county needs them, and the sheet that the server understands. */
export function TakeKind({ kinds, value, onChange }: TakeKindProps) {
  const taking = useMutation({
    mutationFn: ({ kind, name }: Offered['kinds'][number]) =>
      download('rosters.template', { kind }, `${name}导入模板.${kind === 'boundaries' ? 'geojson' : 'xlsx'}`),
  });
  const chosen = kinds.find(({ kind }) => kind === value);
  return (
    <>
      <Card title="1　选名册" bare>
        {kinds.map(({ kind, name, there }) => (
          <PickRow
            key={kind}
            title={name}
            words={rosterUses[kind]}
            end={<View className="rosters__there">{`${there} ${rosterMeasures[kind]}`}</View>}
            chosen={kind === value}
            onPress={() => onChange(kind)}
          />
        ))}
      </Card>
      {chosen && mayOpen(chosen.kind) && (
        <View className="rosters__template">
          <ActTrouble error={taking.error} />
          <Button icon="download" busy={taking.isPending} onPress={() => taking.mutate(chosen)}>
            {chosen.kind === 'boundaries' ? '下载边界文件样例' : `下载${chosen.name}模板`}
          </Button>
        </View>
      )}
    </>
  );
}
