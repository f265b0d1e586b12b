import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { Showcase } from '../../../../features/commitments/showcase';
import { useDraft } from '../../../../lib/draft';
import { goBack } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Resumed } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { Placard } from '../../../../ui/trouble';
import { emptyScore, markOf, scoreFormOf, withMark, wrongMarks } from '../../scoring/score-draft';
import { marksWords } from '../../watching/showcase-words';
import { MarkField } from './mark-field';
import './index.scss';

/** 给分: all criteria of one contestant at once. What is sent stands. */
export default function ScoreContestantPage() {
  const { showcaseId = '', organizationId = '' } = useRouter().params;
  const query = useCall('showcases.read', { params: { showcaseId } });
  const contestant = query.data?.contestants.find((each) => each.organizationId === organizationId);
  if (query.data && contestant?.mayScore) return <Score showcase={query.data} contestant={contestant} />;
  return (
    <Page title="给分">
      <Await query={query}>
        {({ state, stateName }) => (
          <Placard
            icon="trophy"
            title={state === 'scoring' ? '这一家不用您评' : `现在不能打分，擂台是“${stateName}”`}
            words={contestant?.myMarks ? '您已经评过了，交了就不能改。' : '自己的村、驻点的村要回避。'}
            action={{ words: '回去看看', onPress: () => void goBack() }}
          />
        )}
      </Await>
    </Page>
  );
}

interface ScoreProps {
  readonly showcase: Showcase;
  readonly contestant: Showcase['contestants'][number];
}

function Score({ showcase: { id, title, criteria }, contestant: { organizationId, name } }: ScoreProps) {
  const form = scoreFormOf(id, organizationId);
  const draft = useDraft(form, emptyScore);
  const [tried, setTried] = useState(false);
  const { busy, refusal, send } = useSubmit();
  const wrong = wrongMarks(draft.fields, criteria.length);

  const give = async () => {
    setTried(true);
    if (Object.keys(wrong).length > 0) return toast('还有没打好的分');
    const marks = criteria.map((_, index) => markOf(draft.fields.marks[index]) ?? 0);
    const words = `${marksWords(criteria, marks)}。交了就不能改。`;
    if (!(await confirm({ title: `给${name}这样打分？`, words, yes: '交分', no: '再想想' }))) return;
    const state = await send({
      id: draft.id,
      key: 'showcases.score',
      sent: { params: { showcaseId: id }, body: { actionId: draft.id, organizationId, marks } },
      photoIds: [],
      title: `给${name}打分`,
      form,
      fields: draft.fields,
    });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '交上去了' : '打好了，等网络好了自动交');
    await goBack();
  };

  return (
    <Page
      title="给分"
      bottom={
        <Button look="main" busy={busy} onPress={() => void give()}>
          交分
        </Button>
      }
    >
      <View className="score__name">{name}</View>
      <View className="score__title">{title}</View>
      {draft.resumed && <Resumed onForget={draft.clear} />}
      {refusal && <View className="score__refused">{refusal.title}</View>}
      <Card>
        {criteria.map(({ name: criterion, weight }, index) => (
          <MarkField
            key={criterion}
            label={criterion}
            hint={`占 ${weight}%，打 0 到 100 分`}
            value={draft.fields.marks[index] ?? ''}
            error={tried ? wrong[index] : undefined}
            onChange={(typed) => draft.change(withMark(draft.fields, criteria.length, index, typed))}
          />
        ))}
      </Card>
    </Page>
  );
}
