import { View } from '@tarojs/components';
import { useState } from 'react';
import { go } from '../../lib/navigation';
import { useList } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { ListView } from '../../ui/list-view';
import { PickRow } from '../../ui/pick-row';
import { Row } from '../../ui/row';
import { Segments } from '../../ui/segments';
import { AssignSheet } from './assign-sheet';
import type { Sweep, TargetCard } from './sweep';
import { TargetTag } from './target-tag';

const filters = {
  todo: { words: '还没去', query: { state: 'todo' } },
  unassigned: { words: '没人负责', query: { unassigned: 'true' } },
  findings: { words: '有问题', query: { findings: 'true' } },
  notHome: { words: '不在家', query: { state: 'notHome' } },
  all: { words: '全部', query: {} },
} as const;
type Filter = keyof typeof filters;

/** 住户: one by one; those chosen are given to somebody. */
export function SweepTargets({ sweep }: { sweep: Sweep }) {
  const [filter, setFilter] = useState<Filter>(sweep.counts.unassigned > 0 ? 'unassigned' : 'todo');
  const [picked, pick] = useState<readonly TargetCard[]>([]);
  const [giving, setGiving] = useState(false);
  const list = useList('sweeps.targets', filters[filter].query, { sweepId: sweep.id });
  const picks = sweep.allows.includes('split') && (filter === 'todo' || filter === 'unassigned');
  const toggle = (target: TargetCard) =>
    pick(picked.some(({ id }) => id === target.id) ? picked.filter(({ id }) => id !== target.id) : [...picked, target]);
  const choose = (value: Filter) => {
    setFilter(value);
    pick([]);
  };
  return (
    <>
      <Segments
        label="看哪些住户"
        segments={(Object.keys(filters) as Filter[]).map((value) => ({ value, words: filters[value].words }))}
        value={filter}
        onChange={choose}
      />
      {picks && list.items.length > 0 && (
        <View className="sweep-acts">
          <Button short look="text" onPress={() => pick(picked.length < list.items.length ? list.items : [])}>
            {picked.length < list.items.length ? '全选' : '不选了'}
          </Button>
          <Button short icon="users-round" disabled={picked.length === 0} onPress={() => setGiving(true)}>
            {picked.length === 0 ? '选好后派给谁' : `把 ${picked.length} 户派给…`}
          </Button>
        </View>
      )}
      <ListView
        list={list}
        label="住户"
        keyOf={({ id }) => id}
        row={(target) =>
          picks ? (
            <View className="card card--bare">
              <PickRow
                several
                title={titleOf(target)}
                words={wordsOf(target)}
                chosen={picked.some(({ id }) => id === target.id)}
                onPress={() => toggle(target)}
              />
            </View>
          ) : (
            <View className="card card--bare">
              <Row
                title={titleOf(target)}
                words={wordsOf(target)}
                end={<TargetTag target={target} />}
                onPress={() => void go('sweepDoor', { sweepId: sweep.id, targetId: target.id })}
              />
            </View>
          )
        }
        empty={{ icon: 'circle-check-big', title: '这里没有住户' }}
      />
      {giving && (
        <AssignSheet
          sweepId={sweep.id}
          targets={picked}
          onClose={() => setGiving(false)}
          onDone={() => {
            setGiving(false);
            pick([]);
          }}
        />
      )}
    </>
  );
}

const titleOf = ({ place: { village, group }, door, head }: TargetCard): string =>
  [[village, group, door].filter(Boolean).join(''), head].filter(Boolean).join('　');
const wordsOf = ({ people, holder, tries }: TargetCard): string =>
  [`${people} 口人`, holder ? `${holder.name}负责` : '没人负责', tries > 0 ? `跑空 ${tries} 次` : null]
    .filter(Boolean)
    .join('　');
