import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { SearchBox } from '../../../../ui/search-box';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import { TwoPane, useWide } from '../../../../ui/two-pane';
import { NodeView } from '../../nodes/node-view';
import '../../nodes/admin.scss';
import { rowsOf, type OutlineNode } from './tree-rows';

type Tree = 'grid' | 'party';
const segments = [
  { value: 'grid', words: '网格' },
  { value: 'party', words: '党组织' },
] as const;

/** 网格和党组织 as a tree; on a wide screen the node beside it. */
export default function TreesPage() {
  const wide = useWide();
  const [tree, setTree] = useState<Tree>('grid');
  const query = useCall('trees.outline', { params: { tree } });
  useFreshOnShow(query);
  return (
    <Page title="网格和党组织" wide>
      <Segments label="哪一棵树" segments={segments} value={tree} onChange={setTree} />
      <Await query={query}>{(outline) => <Outline key={tree} tree={tree} outline={outline} wide={wide} />}</Await>
    </Page>
  );
}

interface OutlineProps {
  readonly tree: Tree;
  readonly outline: ReplyFrom<'trees.outline'>;
  readonly wide: boolean;
}

function Outline({ tree, outline: { nodes }, wide }: OutlineProps) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = rowsOf(nodes, open, typed.trim());
  const [chosen, choose] = useState<string | null>(null);
  const selected = chosen ?? rows[0]?.node.id ?? null;
  const toggle = (id: string) =>
    setOpen((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]));
  const select = (id: string) => (wide ? choose(id) : void go('treeNode', { tree, nodeId: id }));
  const list = (
    <>
      <SearchBox label="按名称找" example="按名称找" value={typed} onChange={setTyped} />
      {rows.length > 0 && (
        <Card bare>
          {rows.map((row) => (
            <NodeRow
              key={row.node.id}
              {...row}
              selected={wide && row.node.id === selected}
              onSelect={() => select(row.node.id)}
              onToggle={() => toggle(row.node.id)}
            />
          ))}
        </Card>
      )}
      {rows.length === 0 && <Placard icon="search" title="没有找到" words="换个词再找。" />}
    </>
  );
  if (!wide) return list;
  return (
    <TwoPane
      list={list}
      ids={rows.map(({ node }) => node.id)}
      selected={selected}
      onSelect={choose}
      detail={selected && <NodeView key={selected} tree={tree} nodeId={selected} />}
    />
  );
}

interface NodeRowProps {
  readonly node: OutlineNode;
  readonly depth: number;
  readonly children: number;
  readonly open: boolean;
  /** Shown beside the tree. */
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

function NodeRow({ node, depth, children, open, selected, onSelect, onToggle }: NodeRowProps) {
  return (
    <View className="admin-tree__row" style={{ paddingLeft: `${Math.min(depth, 4) * 4}%` }}>
      <View className="admin-tree__node">
        <Row
          title={node.name}
          words={[node.tierName, node.code].filter((part) => part !== null && part !== '').join(' · ')}
          end={node.vacant ? <Tag colour="overdue" words="空缺" /> : undefined}
          selected={selected}
          onPress={onSelect}
        />
      </View>
      {children > 0 && (
        <Button short look="text" label={`${open ? '收起' : '展开'}${node.name}`} expanded={open} onPress={onToggle}>
          {open ? '收起' : `${children} 个`}
        </Button>
      )}
    </View>
  );
}
