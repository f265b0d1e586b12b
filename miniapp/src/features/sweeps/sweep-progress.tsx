import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useAct, useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ProgressBar } from '../../ui/progress-bar';
import { Segments } from '../../ui/segments';
import { toast } from '../../ui/toast';
import { Placard, troubleWords } from '../../ui/trouble';
import type { Sweep } from './sweep';
import { useEvery } from './use-every';

type By = 'village' | 'group' | 'holder';
type Row = ReplyFrom<'sweeps.progress'>['rows'][number];

const segments = [
  { value: 'group', words: '按组' },
  { value: 'village', words: '按村' },
  { value: 'holder', words: '按人' },
] as const;

/** 进度: who is furthest behind comes first. */
export function SweepProgress({ sweep }: { sweep: Sweep }) {
  const [by, setBy] = useState<By>('group');
  const query = useCall('sweeps.progress', { params: { sweepId: sweep.id }, query: { by } });
  useEvery(30_000, () => sweep.state === 'running' && query.refetch());
  return (
    <>
      <Segments label="怎么分" segments={segments} value={by} onChange={setBy} />
      <Await query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Placard icon="clipboard-list" title="还没有住户" />
          ) : (
            <Card>
              {rows.map((row) => (
                <ProgressRow key={row.id ?? 'nobody'} sweep={sweep} row={row} by={by} />
              ))}
            </Card>
          )
        }
      </Await>
    </>
  );
}

function ProgressRow({ sweep, row, by }: { sweep: Sweep; row: Row; by: By }) {
  const { id, name, households, todo, remindedToday } = row;
  const remind = useAct('sweeps.remind', { sweepId: sweep.id });
  const mayRemind = by === 'holder' && id !== null && todo > 0 && sweep.allows.includes('remind');
  const tell = (holderId: string) =>
    remind.mutate(
      { holderIds: [holderId] },
      {
        onSuccess: ({ reminded }) => toast(reminded > 0 ? `提醒${name}了` : '今天已经提醒过了'),
        onError: (error) => toast(troubleWords(error)),
      },
    );
  return (
    <View className="door-visit">
      <View className="sweep-progress__head">
        <View className="sweep-progress__name">{name}</View>
        {mayRemind && remindedToday && <View className="sweep-progress__words">今天提醒过了</View>}
        {mayRemind && !remindedToday && (
          <Button short look="text" icon="bell" label={`提醒${name}`} busy={remind.isPending} onPress={() => tell(id)}>
            提醒
          </Button>
        )}
      </View>
      <ProgressBar
        percent={(100 * (households - todo)) / households}
        words={`${households - todo} / ${households} 户`}
        colour={todo === 0 ? 'done' : 'working'}
      />
      <View className="sweep-progress__words">{furtherWords(row)}</View>
    </View>
  );
}

const furtherWords = ({ people, peopleMet, notHome, refused, notFound, withFindings, unassigned }: Row): string =>
  [
    `见到 ${peopleMet} / ${people} 人`,
    ...troubles([
      [notHome, '户不在家'],
      [refused, '户不配合'],
      [notFound, '户查无'],
      [withFindings, '户有问题'],
      [unassigned, '户没人负责'],
    ]),
  ].join('，');

const troubles = (counted: readonly (readonly [count: number, words: string])[]): string[] =>
  counted.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : []));
