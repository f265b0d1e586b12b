import { View } from '@tarojs/components';
import { dayOfMonth } from '../../../../features/households/household-words';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useAct, useCall, useList } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { toast } from '../../../../ui/toast';
import { CountRow } from './visit-counts';

type Member = ReplyFrom<'visits.overdue'>['items'][number];

/** Who has households past their time, by name: not in the order of how many. */
export function OverdueMembers({ gridId }: { gridId: string }) {
  const list = useList('visits.overdue', { gridId });
  return (
    <>
      <MonthSoFar gridId={gridId} />
      <ListView
        list={list}
        label="还没去的"
        keyOf={({ memberId }) => memberId}
        row={(member) => <OverdueCard gridId={gridId} member={member} />}
        empty={{ icon: 'circle-check-big', title: '都去过了', words: '没有超过时间还没走访的户。' }}
        tiles
      />
    </>
  );
}

/** Where the whole place stands, above who is late. */
function MonthSoFar({ gridId }: { gridId: string }) {
  const { data } = useCall('visits.figures', { query: { gridId, by: 'grid' } });
  if (!data) return null;
  return (
    <View className="overdue__month">
      <Card bare>
        <CountRow name={`${Number(data.month.slice(5))} 月走访`} counts={data.total} />
      </Card>
    </View>
  );
}

function OverdueCard({ gridId, member }: { gridId: string; member: Member }) {
  const { memberId, name, organization, households, overdue, dueOn, away, remindedToday, allows } = member;
  const remind = useAct('visits.remind', undefined);
  const told = ({ reminded }: { reminded: number }) => toast(reminded > 0 ? `提醒${name}了` : '今天已经提醒过了');
  return (
    <Card>
      <View className="overdue__name">{name}</View>
      <View className="overdue__where">{[organization, away ? '现在外出' : null].filter(Boolean).join('，')}</View>
      <View>{`联系 ${households} 户，${overdue} 户超过时间，最早的该在${dayOfMonth(dueOn)}前。`}</View>
      <ActTrouble error={remind.error} />
      <View className="overdue__act">
        {remindedToday && <View className="overdue__where">今天提醒过了</View>}
        {allows.includes('remind') && (
          <Button
            short
            look="text"
            icon="bell"
            label={`提醒${name}`}
            busy={remind.isPending}
            onPress={() => remind.mutate({ gridId, memberIds: [memberId] }, { onSuccess: told })}
          >
            提醒他
          </Button>
        )}
      </View>
    </Card>
  );
}
