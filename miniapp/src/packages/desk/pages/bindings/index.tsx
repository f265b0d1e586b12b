import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { agoWords } from '../../../../lib/time-words';
import { useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Segments } from '../../../../ui/segments';
import { DecideSheet } from './decide-sheet';

type Binding = ReplyFrom<'bindings.list'>['items'][number];
const stages = [
  { value: 'open', words: '等核实' },
  { value: 'closed', words: '办过的' },
] as const;

/** 核实身份: newcomers who say that they are of a house here. */
export default function BindingsPage() {
  const [stage, setStage] = useState<'open' | 'closed'>('open');
  const [opened, setOpened] = useState<string | null>(null);
  const list = useList('bindings.list', { stage });
  return (
    <Page title="核实身份" wide>
      <Segments label="哪些请求" segments={stages} value={stage} onChange={setStage} />
      <ListView
        list={list}
        label="绑定请求"
        keyOf={({ bindingId }) => bindingId}
        row={(binding) => <BindingRow binding={binding} onOpen={() => setOpened(binding.bindingId)} />}
        empty={{ icon: 'user-round', title: '没有要核实的', words: '有新邻居请您核实时，会在这里出现。' }}
        tiles
      />
      {opened && <DecideSheet bindingId={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function BindingRow({ binding, onOpen }: { binding: Binding; onOpen: () => void }) {
  const now = useNow();
  const words = [binding.place, binding.phone, binding.stateName, agoWords(binding.askedAt, now)].filter(Boolean);
  return (
    <Card bare>
      <Row icon="user-round" title={binding.kindName} words={words.join(' · ')} onPress={onOpen} />
    </Card>
  );
}
