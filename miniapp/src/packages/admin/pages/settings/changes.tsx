import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { whenWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';

type Change = ReplyFrom<'settings.changes'>['items'][number];

/** 最近的改动: out of the audit, who changed what from what to what. */
export function Changes({ gridId }: { gridId: string }) {
  const query = useCall('settings.changes', { params: { gridId } });
  return (
    <Card bare title="最近的改动">
      <Await query={query} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <Row title="还没有人改过" words="现在用的是通常的数。" />
          ) : (
            items.map((change) => <ChangeRow key={change.id} change={change} />)
          )
        }
      </Await>
    </Card>
  );
}

function ChangeRow({ change: { at, by, actName, facts } }: { change: Change }) {
  const now = useNow();
  return (
    <Row title={actName} words={`${by} · ${whenWords(at, now)}`}>
      {facts.map(({ name, words }) => (
        <View key={name} className="settings__fact">{`${name}：${words}`}</View>
      ))}
    </Row>
  );
}
