import { sweepKinds, selections } from '@sandan/shared/sweeps/sweep.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { byWords } from '../../lib/time-words';
import { useCall } from '../../lib/use-call';
import { useFreshOnShow } from '../../lib/use-fresh-on-show';
import { useNow } from '../../lib/use-now';
import { Await } from '../../ui/await';
import { Card } from '../../ui/card';
import { ProgressBar } from '../../ui/progress-bar';
import { Segments } from '../../ui/segments';
import { DueTag, StageTag } from '../../ui/tags';
import { Placard } from '../../ui/trouble';
import { ComplainRow } from '../reviews/complain-row';
import { HeldNote } from '../reviews/held-note';
import { RollCallBoard } from './roll-call-board';
import type { Sweep } from './sweep';
import { SweepActs } from './sweep-acts';
import { SweepProgress } from './sweep-progress';
import { SweepTargets } from './sweep-targets';
import { useEvery } from './use-every';
import './sweeps.scss';

const everyHalfMinute = 30_000;

/** A sweep as whoever leads it sees it: how far, where it hangs, what to do next. Reads itself anew while one looks on. */
export function SweepView({ sweepId }: { sweepId: string }) {
  const query = useCall('sweeps.read', { params: { sweepId } });
  useFreshOnShow(query);
  useEvery(everyHalfMinute, () => query.data?.state === 'running' && query.refetch());
  return <Await query={query}>{(sweep) => <Shown sweep={sweep} />}</Await>;
}

type Part = 'progress' | 'targets' | 'people';

function Shown({ sweep }: { sweep: Sweep }) {
  const [part, setPart] = useState<Part>(sweep.kind === 'rollCall' ? 'people' : 'progress');
  const parts: { value: Part; words: string }[] = [
    ...(sweep.kind === 'rollCall' ? [{ value: 'people' as const, words: '转移情况' }] : []),
    { value: 'progress', words: '进度' },
    { value: 'targets', words: '住户' },
  ];
  return (
    <>
      <Head sweep={sweep} />
      <SweepActs sweep={sweep} />
      {sweep.state === 'draft' ? (
        <Plan sweep={sweep} />
      ) : (
        <>
          <Segments label="看什么" segments={parts} value={part} onChange={setPart} />
          {part === 'people' && <RollCallBoard sweep={sweep} />}
          {part === 'progress' && <SweepProgress sweep={sweep} />}
          {part === 'targets' && sweep.showsDoors && <SweepTargets sweep={sweep} />}
          {part === 'targets' && !sweep.showsDoors && (
            <Placard
              icon="lock"
              title="这里只看户数"
              words="这次是按特殊情况选的户。是哪几户，只有联系党员、小网格长、网格员和上门的人看得到。"
            />
          )}
        </>
      )}
      {sweep.complainable && (
        <ComplainRow things={[{ field: 'sweep.notice', thingId: sweep.id, words: sweep.title }]} />
      )}
    </>
  );
}

function Head({ sweep }: { sweep: Sweep }) {
  const { title, kind, gridName, orderedBy, stage, stateName, state, deadline, overdue, counts, purpose } = sweep;
  const now = useNow();
  const done = counts.households - counts.todo;
  return (
    <Card>
      <View className="sweep-row__title">{title}</View>
      <View className="sweep-row__words">{`${gridName}　${sweepKinds[kind]}　${orderedBy}交办`}</View>
      <View className="sweep-row__tags">
        <StageTag stage={stage} words={stateName} />
        {state === 'running' && <DueTag dueAt={deadline} overdue={overdue} />}
      </View>
      <View className="sweep-row__words">{`${purpose}　${byWords(deadline, now)}做完`}</View>
      <HeldNote held={sweep.held && sweep.allows.includes('cancel')} />
      {counts.households > 0 && (
        <>
          <ProgressBar
            percent={(100 * done) / counts.households}
            words={`${done} / ${counts.households} 户`}
            colour={overdue ? 'overdue' : 'working'}
          />
          <Numbers sweep={sweep} />
        </>
      )}
    </Card>
  );
}

function Numbers({ sweep: { counts, kind } }: { sweep: Sweep }) {
  const numbers: readonly (readonly [name: string, value: number])[] = [
    ...([
      ['在册人数', counts.people],
      [kind === 'rollCall' ? '点到' : '见到', counts.peopleMet],
    ] as const),
    ...([
      ['不在家', counts.notHome],
      ['不配合', counts.refused],
      ['查无此户', counts.notFound],
    ] as const),
    ...([
      ['有问题', counts.withFindings],
      ['转点单', counts.orders],
      ['名册外有人', counts.additions],
    ] as const),
    ...([
      ['过期才报', counts.late],
      ['没人负责', counts.unassigned],
    ] as const),
  ];
  const always = 2;
  return (
    <View className="sweep-numbers">
      {numbers
        .filter(([, value], index) => value > 0 || index < always)
        .map(([name, value]) => (
          <View key={name} className="sweep-numbers__one">
            <View className="sweep-numbers__number">{value}</View>
            <View className="sweep-numbers__name">{name}</View>
          </View>
        ))}
    </View>
  );
}

/** A draft: what will be asked, and of whom. */
function Plan({ sweep: { questions, places, selection, namesPeople } }: { sweep: Sweep }) {
  return (
    <Card title="要做的">
      <View>{`查哪些：${selections[selection.by]}${selection.listed > 0 ? `，${selection.listed} 户` : ''}`}</View>
      {namesPeople && <View>按名字点家里有谁</View>}
      {questions.map(({ id, ask }, index) => (
        <View key={id}>{`${index + 1}. ${ask}`}</View>
      ))}
      {places.map(({ id, name, address, capacity }) => (
        <View key={id}>{`安置点：${name}，${address}，可住 ${capacity} 人`}</View>
      ))}
    </Card>
  );
}
