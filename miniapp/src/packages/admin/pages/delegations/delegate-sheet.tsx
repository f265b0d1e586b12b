import { postLimits } from '@sandan/shared/access/posts';
import { View } from '@tarojs/components';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import { dateAfter, instantOf } from '../../../../lib/china-instant';
import { useDraft } from '../../../../lib/draft';
import { useCall, usePut } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { DateField } from '../../../../ui/date-fields';
import { Labelled } from '../../../../ui/field';
import { PickRow } from '../../../../ui/pick-row';
import { toast } from '../../../../ui/toast';

interface Fields {
  readonly personId: string | null;
  readonly until: string;
}
const empty: Fields = { personId: null, until: '' };

interface DelegateSheetProps {
  readonly post: { readonly postId: string; readonly name: string };
  readonly onClose: () => void;
}

/** 请人代理: who, and until which day. */
export function DelegateSheet({ post: { postId, name }, onClose }: DelegateSheetProps) {
  const people = useCall('posts.candidates', { params: { postId } });
  const put = usePut('posts.delegate');
  const draft = useDraft<Fields>(`delegate.${postId}`, empty);
  const { personId, until } = draft.fields;
  const now = useNow();
  const send = () => {
    const end = instantOf(until, '23:59');
    if (personId === null || end === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('已请他代理，两边都会收到消息');
      onClose();
    };
    put.mutate({ params: { delegationId: draft.id }, body: { postId, personId, until: end } }, { onSuccess });
  };
  return (
    <ActSheet
      title="请人代理"
      yes="请他代理"
      doing={put}
      unready={personId === null || until === ''}
      onYes={send}
      onClose={onClose}
    >
      <Labelled label={`谁来代理${name}？`} hint="他办的事会记作“他 代 您”。您自己的事、他自己的事，他不能审。">
        <Await query={people} rows={1}>
          {({ people: found }) => (
            <Card bare>
              <View {...aria({ role: 'radiogroup', label: '谁来代理' })}>
                {found.map((person) => (
                  <PickRow
                    key={person.personId}
                    title={person.away ? `${person.name}（外出中）` : person.name}
                    words={person.post}
                    chosen={person.personId === personId}
                    onPress={() => draft.change({ personId: person.personId })}
                  />
                ))}
                {found.length === 0 && <View className="admin-head__line">附近没有合适的人，请找上一级。</View>}
              </View>
            </Card>
          )}
        </Await>
      </Labelled>
      <DateField
        label="到哪一天为止？"
        hint={`最长 ${postLimits.delegationDays} 天，到期自己结束。`}
        from={dateAfter(now, 0)}
        to={dateAfter(now, postLimits.delegationDays - 1)}
        value={until}
        error={fieldErrors(put.error)['until']}
        onChange={(value) => draft.change({ until: value })}
      />
    </ActSheet>
  );
}
