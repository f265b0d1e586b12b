import { exemptionReasons } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';

export type Debtor = ReplyFrom<'rounds.debtors'>['items'][number];

interface DebtorCardProps {
  readonly roundId: string;
  readonly debtor: Debtor;
  readonly mayWrite: boolean;
  readonly onExempt: () => void;
}

/** What is owed, what counts, what is being written. The secretary may write for a member without a phone. */
export function DebtorCard({ roundId, debtor, mayWrite, onExempt }: DebtorCardProps) {
  const { id, kind, name, organization, owed, counted, drafted, exempt, exemptWords } = debtor;
  const unwritten = exempt === null && drafted < owed;
  return (
    <Card>
      <View className="debtor__head">
        <View className="debtor__name">{name}</View>
        <Standing debtor={debtor} />
      </View>
      {kind === 'person' && <View className="debtor__where">{organization.name}</View>}
      <View className="debtor__counts">
        {exempt === null
          ? `应承诺 ${owed} 件，写了 ${drafted} 件，公示了 ${counted} 件。`
          : (exemptWords ?? '今年不用承诺。')}
      </View>
      <DebtorActions roundId={roundId} debtor={debtor} onExempt={onExempt}>
        {kind === 'person' && unwritten && mayWrite && (
          <Button
            short
            look="text"
            icon="pencil"
            label={`替${name}写承诺`}
            onPress={() => void go('draftCommitment', { personId: id, personName: name })}
          >
            替他写一件
          </Button>
        )}
      </DebtorActions>
    </Card>
  );
}

type ActionsProps = PropsWithChildren<Pick<DebtorCardProps, 'roundId' | 'debtor' | 'onExempt'>>;

/** What the server lets one do about him. */
function DebtorActions({ roundId, debtor: { id, name, allows, remindedToday }, onExempt, children }: ActionsProps) {
  const remind = useAct('rounds.remind', { roundId });
  const readmit = useAct('rounds.readmit', { roundId });
  const owesAgain = async () => {
    const words = '他又要承诺，件数和免诺以前一样。';
    const sure = await confirm({ title: `取消${name}的免诺？`, words, yes: '取消免诺', no: '再想想' });
    if (sure) readmit.mutate({ debtorId: id }, { onSuccess: () => toast('取消了，又在名单里') });
  };
  const told = ({ reminded }: { reminded: number }) => toast(reminded > 0 ? `提醒${name}了` : '今天已经提醒过了');
  return (
    <>
      <ActTrouble error={remind.error ?? readmit.error} />
      {(remindedToday || allows.length > 0 || Boolean(children)) && (
        <View className="debtor__act">
          {remindedToday && <View className="debtor__told">今天提醒过了</View>}
          {allows.includes('exempt') && (
            <Button short look="text" label={`${name}免诺`} onPress={onExempt}>
              免诺
            </Button>
          )}
          {allows.includes('readmit') && (
            <Button short look="text" busy={readmit.isPending} onPress={() => void owesAgain()}>
              取消免诺
            </Button>
          )}
          {children}
          {allows.includes('remind') && (
            <Button
              short
              look="text"
              icon="bell"
              label={`提醒${name}`}
              busy={remind.isPending}
              onPress={() => remind.mutate({ debtorIds: [id] }, { onSuccess: told })}
            >
              提醒他
            </Button>
          )}
        </View>
      )}
    </>
  );
}

function Standing({ debtor: { exempt, counted, drafted, owed } }: { debtor: Debtor }) {
  if (exempt !== null) return <Tag colour="stopped" words={exemptionReasons[exempt]} />;
  if (counted >= owed) return <Tag colour="done" words="够数了" />;
  if (drafted === 0) return <Tag colour="overdue" words="还没写" />;
  // Written, but not public yet: it waits for him to hand it in, or for the secretary.
  return drafted >= owed ? <Tag colour="working" words="写够了" /> : <Tag colour="open" words="还不够" />;
}
