import { View } from '@tarojs/components';
import { useState } from 'react';
import { householdTitle } from '../../../../features/households/household-words';
import { ActSheet, ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dayWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { MemberSheet } from './member-sheet';
import type { Plan } from './use-plan';

type Request = ReplyFrom<'householdLinks.requests'>['items'][number];

/** 想换联系党员的: no reason is asked for; another member, or kind words. */
export function LinkRequests({ gridId, members }: { gridId: string; members: Plan['members'] }) {
  const { data } = useCall('householdLinks.requests');
  const here = data?.items.filter(({ villageId }) => villageId === gridId) ?? [];
  if (here.length === 0) return null;
  return (
    <Card title="想换联系党员的">
      {here.map((request) => (
        <OneRequest key={request.id} request={request} members={members} />
      ))}
    </Card>
  );
}

function OneRequest({ request, members }: { request: Request; members: Plan['members'] }) {
  const now = useNow();
  const [open, setOpen] = useState<'member' | 'words' | null>(null);
  const act = useAct('householdLinks.settleRequest', { requestId: request.id });
  const { grid, member, words, at } = request;
  const give = (memberId: string) => act.mutate({ memberId }, { onSuccess: () => toast('换好了，两边都会收到消息') });
  return (
    <View className="links__request">
      <View className="links__name">{householdTitle(request)}</View>
      <View>{`${grid}，现在由${member.name}联系，${dayWords(at, now)}说的`}</View>
      {words !== null && <View>{`“${words}”`}</View>}
      <ActTrouble error={act.error} />
      <View className="links__act">
        <Button short look="text" onPress={() => setOpen('words')}>
          先不换
        </Button>
        <Button short look="plain" busy={act.isPending} onPress={() => setOpen('member')}>
          换一位
        </Button>
      </View>
      {open === 'member' && (
        <MemberSheet
          title="换给谁联系？"
          members={members.filter(({ personId }) => personId !== member.id)}
          onChoose={(memberId) => {
            setOpen(null);
            give(memberId);
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'words' && <KindWords requestId={request.id} onClose={() => setOpen(null)} />}
    </View>
  );
}

const empty = { words: '' };

function KindWords({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const act = useAct('householdLinks.settleRequest', { requestId });
  const draft = useDraft(`linkRequest.${requestId}`, empty);
  const words = draft.fields.words.trim();
  const answer = () =>
    act.mutate(
      { words },
      {
        onSuccess: () => {
          draft.clear();
          onClose();
        },
      },
    );
  return (
    <ActSheet title="先不换" yes="告诉他家" doing={act} unready={words === ''} onYes={answer} onClose={onClose}>
      <TextArea
        label="怎么跟他家说？"
        example="比如：组里暂时没有别的党员，我先来联系您家"
        maxLength={200}
        value={draft.fields.words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
