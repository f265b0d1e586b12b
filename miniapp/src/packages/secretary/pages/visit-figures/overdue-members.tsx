import { View } from '@tarojs/components';
import { dayOfMonth } from '../../../../features/households/household-words';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useAct, useList } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { toast } from '../../../../ui/toast';

type Member = ReplyFrom<'visits.overdue'>['items'][number];

/** Who has households past their time, by name: not in the order of how many. */
export function OverdueMembers({ gridId }: { gridId: string }) {
  const list = useList('visits.overdue', { gridId });
  return (
    <ListView
      list={list}
      label="还没去的"
      keyOf={({ memberId }) => memberId}
      row={(member) => <OverdueCard gridId={gridId} member={member} />}
      empty={{ icon: 'circle-check-big', title: '都去过了', words: '没有超过时间还没走访的户。' }}
      tiles
    />
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
