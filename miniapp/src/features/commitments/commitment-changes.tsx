import { View } from '@tarojs/components';
import { useState } from 'react';
import { dateWords, whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Tag } from '../../ui/tags';
import type { Commitment, Content } from './commitment';
import { HeldNote } from '../reviews/held-note';
import { Answer } from './commitment-voices';
import { amountWords } from './commitment-words';
import { differencesOf } from './differences';
import { Facts } from './facts';

const states = {
  open: { colour: 'open', words: '等上级定' },
  approved: { colour: 'done', words: '同意' },
  refused: { colour: 'stopped', words: '不同意' },
} as const;

/** 变更: what was asked for and why, what was decided; and every wording the promise ever had. */
export function CommitmentChanges({ commitment }: { commitment: Commitment }) {
  const now = useNow();
  const { changes, versions } = commitment;
  return (
    <>
      {changes.length > 0 && (
        <Card title="申请过的变更">
          {changes.map((change) => (
            <View key={change.id} className="voice">
              <View className="voice__head">
                <View className="voice__title">{change.kindName}</View>
                <Tag {...states[change.state]} />
              </View>
              <View className="voice__by">{`${change.by}，${whenWords(change.at, now)}`}</View>
              <View className="voice__words">{`原因：${change.reason}`}</View>
              <HeldNote held={change.held} hidden={change.hidden} />
              {change.state === 'open' && change.content && (
                <Compared before={versions.at(-1)?.content ?? null} after={change.content} />
              )}
              {change.state !== 'open' && <Answer {...change} now={now} />}
            </View>
          ))}
        </Card>
      )}
      {versions.length > 1 && <Versions commitment={commitment} />}
    </>
  );
}

/** Only what is different, the old beside the new. */
const Compared = ({ before, after }: { before: Content | null; after: Content }) => {
  const now = useNow();
  return (
    <View className="compared">
      {differencesOf(before, after, now).map(({ name, was, is }) => (
        <View key={name} className="compared__one">
          <View className="compared__name">{name}</View>
          <View className="compared__was">{`原来：${was || '没写'}`}</View>
          <View className="compared__is">{`改成：${is || '不写'}`}</View>
        </View>
      ))}
    </View>
  );
};

/** 改过几次: nothing that was ever said is edited away. */
function Versions({ commitment: { versions } }: { commitment: Commitment }) {
  const now = useNow();
  const [open, setOpen] = useState(false);
  const newestFirst = [...versions].reverse();
  return (
    <Card title={`改过 ${versions.length - 1} 次`}>
      {newestFirst.slice(0, open ? undefined : 1).map((version) => (
        <View key={version.number} className="voice">
          <View className="voice__title">
            {version.number === versions.at(-1)?.number ? '现在的' : `第 ${version.number} 稿`}
          </View>
          <View className="voice__by">{`${version.by}，${whenWords(version.at, now)}`}</View>
          {version.reason && <View className="voice__words">{`改的原因：${version.reason}`}</View>}
          <Compared
            before={versions.find(({ number }) => number === version.number - 1)?.content ?? null}
            after={version.content}
          />
          {open && <Whole content={version.content} now={now} />}
        </View>
      ))}
      <Button look="text" expanded={open} onPress={() => setOpen(!open)}>
        {open ? '收起' : '看每一稿的原话'}
      </Button>
    </Card>
  );
}

/** One wording in full. */
const Whole = ({ content, now }: { content: Content; now: number }) => (
  <View className="compared">
    <View className="voice__title">{content.title}</View>
    <View className="voice__words">{content.words}</View>
    <Facts
      facts={[
        ['数量', amountWords(content)],
        ['最晚', dateWords(content.deadline, now)],
      ]}
    />
  </View>
);
