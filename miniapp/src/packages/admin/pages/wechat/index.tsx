import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { whenWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { useWide } from '../../../../ui/two-pane';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { classNames } from '../../../../ui/class-names';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { CallRow } from './call-row';
import './index.scss';

type State = ReplyFrom<'wechat.state'>;

/** 微信接入: what the operator has to mend comes first, then every call and every push of the last day. */
export default function WechatPage() {
  const query = useCall('wechat.state');
  return (
    <Page title="微信接入" wide>
      <Await query={query}>{(state) => <Shown state={state} />}</Await>
    </Page>
  );
}

function Shown({ state }: { state: State }) {
  const wide = useWide();
  return (
    <>
      <Alarms alarms={state.alarms} />
      <View className={classNames('wechat', wide && 'wechat--wide')}>
        <View className="wechat__column">
          <Card bare title="和微信的往来">
            {state.calls.map((call) => (
              <CallRow key={call.call} call={call} />
            ))}
          </Card>
          <View className="wechat__note">“近一小时”按整点算，是这个钟头加上个钟头。刚发生的，过十秒左右才算进来。</View>
        </View>
        <View className="wechat__column">
          <Templates templates={state.templates} />
          <Pushes pushes={state.pushes} address={state.pushAddress} />
          <Settings state={state} />
        </View>
      </View>
    </>
  );
}

function Alarms({ alarms }: Pick<State, 'alarms'>) {
  if (alarms.length === 0)
    return (
      <Card bare>
        <Row icon="circle-check-big" title="没有要处理的事" words="出了要人处理的错，会在这里写明该做什么。" />
      </Card>
    );
  return (
    <Card bare title="要处理的事">
      {alarms.map(({ title, words }) => (
        <Row key={title} icon="circle-alert" title={title} words={words} />
      ))}
    </Card>
  );
}

const stateTags = {
  missing: <Tag colour="stopped" words="没填" />,
  faulty: <Tag colour="overdue" words="要处理" />,
  ready: <Tag colour="open" words="还没试过" />,
  proved: <Tag colour="done" words="正常" />,
};

/** 微信模板: which of the three are filled in, and whether WeChat takes messages by them. */
function Templates({ templates }: Pick<State, 'templates'>) {
  const now = useNow();
  const isOne = new Set(templates.map(({ county }) => county)).size === 1;
  return (
    <Card bare title="微信模板">
      {templates.map(({ county, name, state, words, lastTakenAt }) => (
        <Row
          key={`${county} ${name}`}
          title={isOne ? name : `${county} ${name}`}
          words={lastTakenAt === null ? words : `${words}最近一次 ${whenWords(lastTakenAt, now)}。`}
          end={stateTags[state]}
          onPress={() => void go('messageTemplates')}
        />
      ))}
    </Card>
  );
}

function Pushes({ pushes, address }: { pushes: State['pushes']; address: string | null }) {
  const now = useNow();
  const { taken, repeated, unknown, failed, lost, waiting, waitingSince, lastTakenAt, refused } = pushes;
  const last = lastTakenAt === null ? '一天里没有收到要办的。' : `最近一次 ${whenWords(lastTakenAt, now)}。`;
  return (
    <Card bare title="微信推送过来的（一天）">
      <Row title={`收下 ${taken} 条`} words={`${last}重复的 ${repeated} 条，用不着的 ${unknown} 条。`} />
      {failed + lost > 0 && <Row title={`出错 ${failed + lost} 次`} words="微信会再推，系统自己也会再办。" />}
      {waitingSince !== null && (
        <Row
          title={`还没办成 ${waiting} 条`}
          words={`最早一条是 ${whenWords(waitingSince, now)} 的，系统会一直办到成。`}
        />
      )}
      {refused.map(({ words, times, lastAt }) => (
        <Row key={words} title={`没收 ${times} 条`} words={`${words}。最近一次 ${whenWords(lastAt, now)}。`} />
      ))}
      <Row title="推送地址" words={address ?? '服务器还没有设对外的网址（SANDAN_ORIGIN）。'} />
    </Card>
  );
}

function Settings({ state: { settings, appid, tokenUntil } }: { state: State }) {
  const now = useNow();
  const tokenWords = tokenUntil === null ? '现在没有，下次要用时去取。' : `${whenWords(tokenUntil, now)} 前换新的。`;
  return (
    <Card bare title="设置">
      {settings.map(({ name, label, isReal }) => (
        <Row
          key={name}
          title={label}
          words={name === 'WECHAT_APPID' ? `${name}：${appid}` : name}
          end={isReal ? <Tag colour="done" words="已设" /> : <Tag colour="open" words="演示用的" />}
        />
      ))}
      <Row title="访问凭证" words={tokenWords} />
    </Card>
  );
}
