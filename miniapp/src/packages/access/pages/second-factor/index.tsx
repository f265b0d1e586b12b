import { View } from '@tarojs/components';
import { useUnload } from '@tarojs/taro';
import { useState } from 'react';
import { chinaDate } from '@sandan/shared/china-time';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goBack } from '../../../../lib/navigation';
import { queries } from '../../../../lib/query';
import { answerSecondFactor } from '../../../../lib/second-factor';
import { useAct, useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Enrolment, useEnrolment } from './enrolment';
import { RecoveryCodes } from './recovery-codes';
import './index.scss';

type Standing = ReplyFrom<'access.secondFactor'>;

/** 二次验证: what it is for, setting it up, new recovery codes. Whoever was sent here goes back to what he was doing. */
export default function SecondFactorPage() {
  const query = useCall('access.secondFactor');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  useUnload(() => answerSecondFactor(false));
  const done = () => {
    answerSecondFactor(true);
    void queries.invalidateQueries({ queryKey: ['access.secondFactor'] });
    void goBack();
  };
  return (
    <Page title="二次验证">
      {codes ? (
        <RecoveryCodes codes={codes} onDone={done} />
      ) : (
        <Await query={query} rows={1}>
          {(standing) => <Setting standing={standing} onCodes={setCodes} />}
        </Await>
      )}
    </Page>
  );
}

interface SettingProps {
  readonly standing: Standing;
  readonly onCodes: (codes: readonly string[]) => void;
}

function Setting({ standing, onCodes }: SettingProps) {
  const enrolment = useEnrolment();
  if (enrolment.secret) return <Enrolment secret={enrolment.secret} onCodes={onCodes} />;
  return (
    <>
      <View className="second-factor__why">
        改设置、导入名册、导出名单之前，除了登录，还要输入手机验证器上的 6
        位数字。这样别人就算碰到您开着的电脑，也办不了这些事。
      </View>
      {standing.enrolled && <Enrolled standing={standing} onCodes={onCodes} />}
      {enrolment.trouble && <View className="second-factor__trouble">{enrolment.trouble}</View>}
      <View className="second-factor__go">
        <Button
          look={standing.enrolled ? 'plain' : 'main'}
          busy={enrolment.busy}
          onPress={() => void enrolment.begin()}
        >
          {standing.enrolled ? '换一部手机验证' : '开始设置'}
        </Button>
      </View>
    </>
  );
}

function Enrolled({ standing, onCodes }: SettingProps) {
  const renew = useAct('access.renewRecoveryCodes', undefined);
  const ask = async () => {
    const sure = await confirm({
      title: '要换新的恢复码吗？',
      words: '换了以后，从前抄下的那些就作废了。',
      yes: '换新的',
      no: '先不换',
    });
    if (sure) renew.mutate({}, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) });
  };
  const since = standing.enrolledAt ? chinaDate(Date.parse(standing.enrolledAt)) : '';
  return (
    <Card bare>
      <Row icon="shield-check" title="已经设置" words={`${since} 起`} />
      <Row
        icon="key-round"
        title={`恢复码还剩 ${standing.recoveryCodesLeft} 个`}
        words={standing.recoveryCodesLeft < 3 ? '快用完了，点这里换十个新的' : '手机不在身边时用；点这里换新的'}
        onPress={() => void ask()}
      />
    </Card>
  );
}
