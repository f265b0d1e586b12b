import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { ComplainRow } from '../../../../features/reviews/complain-row';
import type { Door, Round } from '../../../../features/sweeps/sweep';
import { TargetTag } from '../../../../features/sweeps/target-tag';
import { useWaitingVisits } from '../../../../features/sweeps/waiting-visits';
import '../../../../features/sweeps/sweeps.scss';
import { bringPage } from '../../../../lib/bring-page';
import { useCarried } from '../../../../lib/carried';
import { go } from '../../../../lib/navigation';
import { byWords } from '../../../../lib/time-words';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';

/** 挨户去: my doors by group, carried along so that a village without a network is no hindrance. */
export default function SweepRoundPage() {
  const { sweepId = '' } = useRouter().params;
  const query = useCarried('sweeps.round', { params: { sweepId } });
  useFreshOnShow(query);
  useEffect(() => bringPage('sweepDoor'), []);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title={query.data?.title ?? '挨户去'}>
      <Await query={query}>{(round) => <Doors round={round} offline={query.error !== null} />}</Await>
    </Page>
  );
}

function Doors({ round, offline }: { round: Round; offline: boolean }) {
  const waiting = useWaitingVisits();
  const now = useNow();
  const [shown, setShown] = useState<'left' | 'all'>('left');
  const isLeft = ({ id, state }: Door): boolean => (state === 'todo' || state === 'notHome') && !(id in waiting);
  const left = round.targets.filter(isLeft);
  const doors = shown === 'left' ? left : round.targets;
  const groups = [...new Set(doors.map(placeName))];
  return (
    <>
      <View className="sweep-note">
        {`${round.purpose}　${round.orderedBy}交办，${byWords(round.deadline, now)}做完。`}
        {offline && '现在连不上网，照样能记，有网时自动发出。'}
      </View>
      <Segments
        label="看哪些"
        segments={[
          { value: 'left', words: '还要去的', count: left.length },
          { value: 'all', words: '全部', count: round.targets.length },
        ]}
        value={shown}
        onChange={setShown}
      />
      {doors.length === 0 && <Placard icon="circle-check-big" title="都去过了" words="辛苦了。点“全部”可以再看。" />}
      {groups.map((group) => (
        <View key={group}>
          <View className="door-group">{group}</View>
          <Card bare>
            {doors
              .filter((door) => placeName(door) === group)
              .map((door) => (
                <DoorRow key={door.id} door={door} sweepId={round.id} waiting={waiting[door.id] ?? null} />
              ))}
          </Card>
        </View>
      ))}
      {round.complainable && (
        <ComplainRow things={[{ field: 'sweep.notice', thingId: round.id, words: round.title }]} />
      )}
    </>
  );
}

const placeName = ({ place: { village, group } }: Door): string => [village, group].filter(Boolean).join(' ');

function DoorRow({ door, sweepId, waiting }: { door: Door; sweepId: string; waiting: string | null }) {
  const { id, head, people, needs } = door;
  const title = [door.door, head].filter(Boolean).join('　') || '没有门牌';
  return (
    <Row
      title={title}
      words={[`${people} 口人`, ...needs].join('　')}
      end={
        <View className="door-row__end">
          {waiting === null ? <TargetTag target={door} /> : <Tag colour="working" words={`${waiting}，等网络`} />}
        </View>
      }
      onPress={() => void go('sweepDoor', { sweepId, targetId: id })}
    />
  );
}
