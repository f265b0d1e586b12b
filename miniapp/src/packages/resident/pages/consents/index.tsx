import { View } from '@tarojs/components';
import { consentPurposes, type ConsentPurpose } from '@sandan/shared/privacy/privacy.words';
import { NoticeText } from '../../../../features/privacy/notice-text';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dayWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Switch } from '../../../../ui/switch';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import './index.scss';

type Consents = ReplyFrom<'privacy.consents'>;

/** The notice in full, and each consent by itself: given and taken back with one touch, both as easily. */
export default function ConsentsPage() {
  const notice = useCall('privacy.notice');
  const consents = useCall('privacy.consents', { query: {} });
  return (
    <Page title="您的信息怎么用">
      <Await query={consents}>
        {(mine) => (
          <>
            <Answers title="您同意过什么" consents={mine} />
            {mine.children.map(({ personId, name }) => (
              <ChildAnswers key={personId} personId={personId} name={name} />
            ))}
          </>
        )}
      </Await>
      <Await query={notice}>{({ notice: shown }) => shown && <NoticeText notice={shown} />}</Await>
    </Page>
  );
}

/** 监护人: for a child under 14 of the same household. */
function ChildAnswers({ personId, name }: { personId: string; name: string }) {
  const consents = useCall('privacy.consents', { query: { personId } });
  return (
    <Await query={consents}>
      {(theirs) => <Answers title={`替${name}回答（未满 14 岁）`} consents={theirs} childId={personId} />}
    </Await>
  );
}

function Answers({ title, consents, childId }: { title: string; consents: Consents; childId?: string }) {
  const say = useAct('privacy.consent', undefined);
  const now = useNow();
  const { version, lines, guardianNeeded } = consents;
  if (version === null) return null;
  if (guardianNeeded) {
    return (
      <Card title={title}>
        <View className="consents__note">您未满 14 岁，要由同住的大人登录自己的账号，在这里替您回答。</View>
      </Card>
    );
  }
  const answer = async (purpose: ConsentPurpose, yes: boolean) => {
    if (!yes && !(await sureToTakeBack(purpose))) return;
    say.mutate(
      { version, answers: { [purpose]: yes }, ...(childId === undefined ? {} : { personId: childId }) },
      {
        onSuccess: () => toast(yes ? '记下了：同意' : '记下了：不同意'),
        onError: (error) => toast(troubleWords(error)),
      },
    );
  };
  return (
    <Card bare title={title}>
      {lines.map(({ purpose, given, at, by }) => (
        <Switch
          key={purpose}
          title={consentPurposes[purpose].name}
          words={`${consentPurposes[purpose].words}${at === null ? '' : `（${dayWords(at, now)} ${by ?? ''}${given ? '同意' : '不同意'}）`}`}
          on={given === true}
          onChange={(yes) => void answer(purpose, yes)}
        />
      ))}
    </Card>
  );
}

const sureToTakeBack = (purpose: ConsentPurpose) =>
  confirm({
    title: `要撤回“${consentPurposes[purpose].name}”吗？`,
    words: consentPurposes[purpose].without,
    yes: '撤回',
    no: '不撤回了',
  });
