import { badExamples, goodExamples } from '@sandan/shared/commitments/commitment.words';
import { wordingHints, type Wording } from '@sandan/shared/commitments/wording';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { aria } from '../../ui/aria';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Icon } from '../../ui/icon';
import { Sheet } from '../../ui/sheet';
import './wording-help.scss';

interface HintsProps {
  readonly hints: readonly { readonly code: string; readonly words: string }[];
}

/** What could not be checked later. It warns and never blocks. */
export function Hints({ hints }: HintsProps) {
  if (hints.length === 0) return null;
  return (
    <View className="wording__hints" {...aria({ role: 'status', live: 'polite' })}>
      {hints.map(({ code, words }) => (
        <View key={code} className="wording__hint">
          <Icon name="lightbulb" />
          <View className="wording__words">{words}</View>
        </View>
      ))}
    </View>
  );
}

/** The same while it is being written; silent until something is. */
export const LiveHints = (wording: Wording) => (
  <Hints hints={wording.words.trim() === '' ? [] : wordingHints(wording)} />
);

/** Good and bad examples, for whoever does not know what to write. */
export function Examples() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="text" icon="circle-help" onPress={() => setOpen(true)}>
        看看怎么写好
      </Button>
      <Sheet title="怎么写好一件承诺" open={open} onClose={() => setOpen(false)}>
        <Card title="这样写，看得见、数得清">
          <List icon="check" sentences={goodExamples} />
        </Card>
        <Card title="不要这样写">
          <List icon="x" sentences={badExamples} />
        </Card>
      </Sheet>
    </>
  );
}

const List = ({ icon, sentences }: { icon: 'check' | 'x'; sentences: readonly string[] }) => (
  <>
    {sentences.map((sentence) => (
      <View key={sentence} className={`wording__example wording__example--${icon}`}>
        <Icon name={icon} />
        <View className="wording__words">{sentence}</View>
      </View>
    ))}
  </>
);
