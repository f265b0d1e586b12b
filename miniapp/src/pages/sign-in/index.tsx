import { View } from '@tarojs/components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DesktopSignIn } from '../../features/access/desktop-sign-in';
import { OpenInApp } from '../../features/access/open-in-app';
import { request, type ReplyFrom } from '../../lib/endpoints';
import { chooseLargeType, useLargeType } from '../../lib/large-type';
import { go, leaveSignIn } from '../../lib/navigation';
import { platform } from '../../lib/platform/platform';
import { queries } from '../../lib/query';
import { signInAsDemo, signInWithWechat, useSession } from '../../lib/session';
import { ApiProblem } from '../../lib/answer';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Page } from '../../ui/page';
import { Row } from '../../ui/row';
import { Switch } from '../../ui/switch';
import { Tag } from '../../ui/tags';
import { useWide } from '../../ui/two-pane';
import { troubleWords } from '../../ui/trouble';
import './index.scss';

type DemoPerson = ReplyFrom<'people.demoPeople'>['people'][number];

const inWechat = platform.kind === 'wechat';

const endedWords = {
  ended: '登录过期了，请再登录一次。写好的内容都还在。',
  endedAtComputer: '登录到时间了，请再登录一次。没写完、没发出去的已经从这台电脑上删掉，免得别人看到。',
} as const;

export default function SignInPage() {
  const large = useLargeType((state) => state.large);
  const out = useSession((session) => session.out);
  const { busy, trouble, enter } = useEntering();
  return (
    <Page title="登录" open>
      <View className="welcome">
        <View className="welcome__name">三单</View>
        <View className="welcome__words">群众点单，网格下单，党员接单</View>
      </View>
      {(out === 'ended' || out === 'endedAtComputer') && <View className="welcome__note">{endedWords[out]}</View>}
      {inWechat && (
        <Button look="main" busy={busy !== null} onPress={() => void enter('wechat', signInWithWechat)}>
          微信登录
        </Button>
      )}
      {trouble && (
        <View className="welcome__trouble" {...aria({ role: 'alert', live: 'assertive' })}>
          {trouble}
        </View>
      )}
      <DemoPeople busy={busy} onChoose={(key) => void enter(key, () => signInAsDemo(key))} />
      <Card bare>
        <Switch title="长辈版" words="字更大，按钮更大" on={large} onChange={(on) => void chooseLargeType(on, null)} />
        <Row icon="shield-check" title="您的信息怎么用" onPress={() => void go('privacy')} />
      </Card>
    </Page>
  );
}

/** Signs in, one at a time, and leaves for where the person was going. `busy` is the one being signed in. */
function useEntering() {
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const enter = async (who: string, signIn: () => Promise<unknown>) => {
    setBusy(who);
    setTrouble(null);
    try {
      await signIn();
      queries.clear();
      await leaveSignIn();
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(null);
    }
  };
  return { busy, trouble, enter };
}

interface DemoPeopleProps {
  readonly busy: string | null;
  readonly onChoose: (key: string) => void;
}

/** The prepared people of the demo town. A server in production has no such route, and nothing is drawn. */
function DemoPeople({ busy, onChoose }: DemoPeopleProps) {
  const people = useQuery({ queryKey: ['people.demoPeople'], queryFn: readDemoPeople });
  if (inWechat && !people.data?.length) return null;
  return (
    <Await query={people}>
      {(found) =>
        found.length === 0 ? (
          <NoDemo />
        ) : (
          <>
            <DesktopDemo />
            <Card title="演示：您想以谁的身份看看？" bare>
              {found.map((person) => (
                <Row
                  key={person.key}
                  title={`${person.name}（${person.roleName}）`}
                  words={`${person.place} · ${person.tryThis}`}
                  end={busy === person.key ? <Tag colour="working" words="正在登录" /> : undefined}
                  label={`以${person.roleName}${person.name}的身份登录`}
                  onPress={() => onChoose(person.key)}
                />
              ))}
            </Card>
          </>
        )
      }
    </Await>
  );
}

/** In production: at a computer with the phone's help, on a phone in WeChat. */
function NoDemo() {
  const wide = useWide();
  if (wide) return <AtDesktop />;
  return <OpenInApp />;
}

const AtDesktop = ({ demo = false }: { demo?: boolean }) => (
  <Card title="用手机登录这台电脑">{process.env.TARO_ENV === 'h5' && <DesktopSignIn demo={demo} />}</Card>
);

/** In the demo: how a computer is signed in, for whoever wants to see it; another tab is the phone. */
function DesktopDemo() {
  const wide = useWide();
  const [open, setOpen] = useState(false);
  if (!wide) return null;
  if (open) return <AtDesktop demo />;
  return (
    <Card bare>
      <Row
        icon="monitor"
        title="试试扫码登录电脑"
        words="手机扫码确认，电脑就登录了；演示里另开一个标签页当手机"
        onPress={() => setOpen(true)}
      />
    </Card>
  );
}

async function readDemoPeople(): Promise<DemoPerson[]> {
  try {
    return (await request(null, 'people.demoPeople')).people;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return [];
    throw error;
  }
}
