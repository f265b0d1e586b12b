import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { whenWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Tag } from '../../../../ui/tags';
import { RulesSheet } from './rules-sheet';

type State = ReplyFrom<'audit.state'>;

/** Up to where the chain is sealed, how it ends, and what the last verification found. */
export function ChainState() {
  const query = useCall('audit.state');
  const [setting, setSetting] = useState(false);
  useFreshOnShow(query);
  const state = query.data;
  if (!state) return null;
  return (
    <Card>
      <View className="chain">
        <View className="chain__words">
          <View className="chain__head">
            <View className="chain__title">审计链</View>
            <CheckTag state={state} />
          </View>
          <Sealed state={state} />
          <LastCheck state={state} />
          <View>{`记录保存 ${state.rules.keepDays} 天，${state.rules.idleDays} 天没登录算久未登录。`}</View>
        </View>
        {state.allows.includes('changeRules') && (
          <Button short look="plain" onPress={() => setSetting(true)}>
            改设置
          </Button>
        )}
      </View>
      {setting && <RulesSheet rules={state.rules} onClose={() => setSetting(false)} />}
    </Card>
  );
}

function CheckTag({ state: { lastCheck } }: { state: State }) {
  if (!lastCheck) return <Tag colour="stopped" words="还没核对过" />;
  return lastCheck.faults === 0 ? (
    <Tag colour="done" words="核对完好" />
  ) : (
    <Tag colour="overdue" words={`发现 ${lastCheck.faults} 处问题`} />
  );
}

function Sealed({ state: { sealed, waiting } }: { state: State }) {
  const now = useNow();
  if (!sealed) return <View>还没有封过记录。</View>;
  const when = sealed.at === null ? '' : `（${whenWords(sealed.at, now)}）`;
  return (
    <View>
      {`封到第 ${sealed.seq} 号${when}，链头 ${sealed.shortHash}${waiting > 0 ? `，还有 ${waiting} 条在等` : ''}。`}
    </View>
  );
}

function LastCheck({ state: { lastCheck } }: { state: State }) {
  const now = useNow();
  if (!lastCheck) return <View>每天夜里自动核对一次，运维人员也可以随时运行 npm run audit:verify。</View>;
  const checked = `最近一次核对：${whenWords(lastCheck.at, now)}，共 ${lastCheck.entries} 条，到第 ${lastCheck.seq} 号。`;
  if (lastCheck.faults === 0) return <View>{checked}</View>;
  return (
    <View className="chain__alarm">
      {`${checked}请运维人员马上运行 npm run audit:verify 查清是哪几条，并保留服务器现场。`}
    </View>
  );
}
