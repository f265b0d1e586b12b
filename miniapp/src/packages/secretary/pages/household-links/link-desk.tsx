import { View } from '@tarojs/components';
import { useState, type ReactNode } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { toast } from '../../../../ui/toast';
import { GroupRows } from './group-rows';
import { MemberLoads } from './member-loads';
import { MemberSheet } from './member-sheet';
import { LinkRequests } from './link-requests';
import { changeWords, usePlan, withMoves, type Moves, type Plan } from './use-plan';

interface LinkDeskProps {
  readonly gridId: string;
  /** Another village, for who has several. */
  readonly aside: ReactNode;
}

const empty: { readonly moves: Moves } = { moves: [] };

/** The plan of a village: members with what they had and will have, and group by group which household goes to whom. */
export function LinkDesk({ gridId, aside }: LinkDeskProps) {
  const draft = useDraft(`links.${gridId}`, empty);
  const [groupId, showGroup] = useState<string | null>(null);
  const plan = usePlan(gridId, groupId, draft.fields.moves);
  return (
    <Page
      title="联户"
      wide
      bottom={plan.data?.allows.includes('apply') ? <Apply plan={plan.data} draft={draft} /> : undefined}
    >
      <ActTrouble error={plan.data ? plan.error : null} />
      {plan.error && draft.fields.moves.length > 0 && (
        <Button look="plain" icon="rotate-cw" onPress={draft.clear}>
          去掉手动调整，重新看方案
        </Button>
      )}
      <Await query={plan}>
        {(read) => (
          <>
            <View className="links__head">
              <View className="links__name">{read.name}</View>
              {aside}
            </View>
            <View className="links__sum">{`${read.households} 户。${changeWords(read)}`}</View>
            <View className="links__panes">
              <View>
                <LinkRequests gridId={gridId} members={read.members} />
                <MemberLoads members={read.members} from={read.from} to={read.to} />
              </View>
              <Groups
                plan={read}
                groupId={groupId}
                onGroup={showGroup}
                onMove={(ids, memberId) => draft.change({ moves: withMoves(draft.fields.moves, ids, memberId) })}
              />
            </View>
          </>
        )}
      </Await>
    </Page>
  );
}

interface GroupsProps {
  readonly plan: Plan;
  readonly groupId: string | null;
  readonly onGroup: (id: string) => void;
  readonly onMove: (householdIds: readonly string[], memberId: string) => void;
}

function Groups({ plan, groupId, onGroup, onMove }: GroupsProps) {
  const [chosen, choose] = useState<readonly string[]>([]);
  const [moving, setMoving] = useState(false);
  const segments = plan.groups.map(({ id, name, changes }) => ({ value: id, words: name, count: changes }));
  const show = (id: string) => {
    choose([]);
    onGroup(id);
  };
  const move = (memberId: string) => {
    onMove(chosen, memberId);
    choose([]);
    setMoving(false);
  };
  return (
    <View>
      <Segments label="哪个组" segments={segments} value={groupId ?? ''} onChange={show} />
      {groupId === null ? (
        <Card>选一个组，看每一户联系谁；数字是要改的户数。</Card>
      ) : (
        <GroupRows rows={plan.rows} chosen={chosen} onChoose={choose} />
      )}
      {chosen.length > 0 && (
        <View className="links__move">
          <Button look="plain" icon="users-round" onPress={() => setMoving(true)}>
            {`选了 ${chosen.length} 户，换给别的党员`}
          </Button>
        </View>
      )}
      {moving && (
        <MemberSheet title="换给谁联系？" members={plan.members} onChoose={move} onClose={() => setMoving(false)} />
      )}
    </View>
  );
}

function Apply({ plan, draft }: { plan: Plan; draft: { fields: { moves: Moves }; clear: () => void } }) {
  const act = useAct('householdLinks.apply', undefined);
  const apply = async () => {
    const words = `${changeWords(plan)}两边都会收到消息，原来的联系记录都留着。`;
    const sure = await confirm({ title: '照这个方案联户？', words, yes: '就这样安排', no: '再看看' });
    if (!sure) return;
    const { gridId, base } = plan;
    act.mutate(
      { gridId, base, moves: [...draft.fields.moves] },
      {
        onSuccess: () => {
          draft.clear();
          toast('安排好了');
        },
      },
    );
  };
  return (
    <View className="links__apply">
      <ActTrouble error={act.error} />
      <Button look="main" busy={act.isPending} onPress={() => void apply()}>
        照这个方案联户
      </Button>
    </View>
  );
}
