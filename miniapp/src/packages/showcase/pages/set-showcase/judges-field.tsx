import { View } from '@tarojs/components';
import { useState } from 'react';
import { useList } from '../../../../lib/use-call';
import { useSettled } from '../../../../lib/use-settled';
import { aria } from '../../../../ui/aria';
import { Skeleton } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Labelled } from '../../../../ui/field';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { Row } from '../../../../ui/row';
import { SearchBox } from '../../../../ui/search-box';
import { Trouble } from '../../../../ui/trouble';
import type { PlanDraft } from '../../planning/plan-draft';

interface JudgesFieldProps {
  readonly roundId: string;
  readonly judges: PlanDraft['judges'];
  readonly error?: string;
  readonly onChange: (judges: PlanDraft['judges']) => void;
}

/** 评委: those chosen, and whoever else of the town may be asked, found by name. */
export function JudgesField({ roundId, judges, error, onChange }: JudgesFieldProps) {
  return (
    <Labelled
      label="请谁当评委？"
      hint={`请了 ${judges.length} 位。五位以上，去掉一个最高分、一个最低分；自己的村要回避。`}
      {...(error === undefined ? {} : { error })}
    >
      {judges.length > 0 && (
        <View className="judges" {...aria({ role: 'list', label: '请了的评委' })}>
          {judges.map(({ personId, name }) => (
            <Pressable
              key={personId}
              className="chip chip--chosen"
              label={`不请${name}`}
              onPress={() => onChange(judges.filter((each) => each.personId !== personId))}
            >
              <View>{name}</View>
              <Icon name="x" className="chip__icon" />
            </Pressable>
          ))}
        </View>
      )}
      <Finding roundId={roundId} judges={judges} onChoose={(judge) => onChange([...judges, judge])} />
    </Labelled>
  );
}

interface FindingProps {
  readonly roundId: string;
  readonly judges: PlanDraft['judges'];
  readonly onChoose: (judge: PlanDraft['judges'][number]) => void;
}

const page = 5;

function Finding({ roundId, judges, onChoose }: FindingProps) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const { items, query } = useList('showcases.judges', { limit: page, ...(q === '' ? {} : { q }) }, { roundId });
  const others = items.filter(({ personId }) => judges.every((judge) => judge.personId !== personId));
  return (
    <>
      <SearchBox label="找评委，按姓名" example="按姓名找" value={typed} onChange={setTyped} />
      <View className="judges__found">
        {query.isPending && <Skeleton rows={1} />}
        {query.error && items.length === 0 && <Trouble error={query.error} onRetry={() => void query.refetch()} />}
        {others.length > 0 && (
          <Card bare>
            {others.map(({ personId, name, organization }) => (
              <Row
                key={personId}
                icon="plus"
                title={name}
                words={organization}
                label={`请${name}当评委`}
                onPress={() => onChoose({ personId, name })}
              />
            ))}
          </Card>
        )}
        {query.isSuccess && items.length === 0 && <View>没有找到这个人，评委要是本镇的党员或在岗的人。</View>}
        {query.hasNextPage && (
          <Button short look="text" busy={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            再看几个人
          </Button>
        )}
      </View>
    </>
  );
}
