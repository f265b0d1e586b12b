import { changeNames } from '@sandan/shared/trees/tree.words';
import { useState } from 'react';
import { View } from '@tarojs/components';
import { go } from '../../../lib/navigation';
import { dateWords, dayWords, whenWords } from '../../../lib/time-words';
import { useAct, useCall } from '../../../lib/use-call';
import { useNow } from '../../../lib/use-now';
import { ActTrouble } from '../../../features/orders/act-sheet';
import { Await } from '../../../ui/await';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { Row } from '../../../ui/row';
import { Tag } from '../../../ui/tags';
import { AddSheet } from './add-sheet';
import type { Changing, NodePage } from './change-fields';
import { ChangeSheet } from './change-sheet';
import { GiveSheet } from './give-sheet';
import './admin.scss';

interface NodeViewProps {
  readonly tree: 'grid' | 'party';
  readonly nodeId: string;
}

/** One grid or organisation: who holds what, what is vacant, what it was before. */
export function NodeView({ tree, nodeId }: NodeViewProps) {
  const query = useCall('trees.node', { params: { tree, nodeId } });
  return <Await query={query}>{(node) => <Shown node={node} />}</Await>;
}

function Shown({ node }: { node: NodePage }) {
  const code = [node.tierName, node.code].filter((part) => part !== null && part !== '').join(' · ');
  return (
    <>
      <View className="admin-head">
        <View className="admin-head__line">{node.line.map(({ name }) => name).join(' › ')}</View>
        <View className="admin-head__name">{node.name}</View>
        <View className="admin-head__line">{code}</View>
      </View>
      <View className="admin-columns">
        <Vacancies node={node} />
        <Facts node={node} />
        <Holders node={node} />
      </View>
      <Actions node={node} />
      <History history={node.history} />
    </>
  );
}

function Vacancies({ node: { vacancies } }: { node: NodePage }) {
  if (vacancies.length === 0) return null;
  return (
    <Card bare title="空缺">
      {vacancies.map(({ roleName, servedBy }) => (
        <Row
          key={roleName}
          icon="circle-alert"
          title={roleName}
          words={servedBy === null ? '还没有人' : `由${servedBy}代管`}
          end={<Tag colour="overdue" words={servedBy === null ? '缺' : '代管'} />}
        />
      ))}
    </Card>
  );
}

type Held = NodePage['holders'][number];
function holderWords({ behalfOf, until, coming, away, disabled }: Held, now: number): string {
  return [
    behalfOf === null ? null : `代${behalfOf}`,
    coming ? '还没到任' : null,
    until === null ? '没有设到期日' : `到 ${dayWords(until, now)}`,
    away ? '外出中' : null,
    disabled ? '账号已停用' : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

const shownFirst = 8;

function Holders({ node }: { node: NodePage }) {
  const now = useNow();
  const [giving, setGiving] = useState(false);
  const [all, showAll] = useState(false);
  const shown = all ? node.holders : node.holders.slice(0, shownFirst);
  const more = node.holders.length - shown.length;
  const mayGive = node.allows.includes('give');
  return (
    <>
      <Card
        bare
        title="谁在这里"
        aside={
          mayGive && (
            <Button short look="text" icon="plus" onPress={() => setGiving(true)}>
              任命
            </Button>
          )
        }
      >
        {shown.map((holder) => (
          <Row
            key={holder.postId}
            title={`${holder.kindName ?? holder.roleName} ${holder.name}`}
            words={holderWords(holder, now)}
            onPress={() => void go('officeHolder', { personId: holder.personId })}
          />
        ))}
        {more > 0 && <Row icon="users-round" title={`再看 ${more} 人`} onPress={() => showAll(true)} />}
        {node.holders.length === 0 && <Row title="这里还没有人任职" />}
      </Card>
      {giving && <GiveSheet tree={node.tree} nodeId={node.id} onClose={() => setGiving(false)} />}
    </>
  );
}

function Facts({ node }: { node: NodePage }) {
  const { counts, tree } = node;
  return (
    <Card bare title="基本情况">
      {tree === 'grid' ? (
        <>
          <Row title={`${counts.households} 户 ${counts.people} 人`} words={`${counts.openOrders} 件单子在办`} />
          <Row title="值班电话" words={node.dutyPhone ?? '没有填'} />
          <Row title="边界" words={node.boundaryPoints === null ? '没有导入' : `${node.boundaryPoints} 个点`} />
        </>
      ) : (
        <Row title={`${counts.members} 名党员`} words="含下级党组织" />
      )}
      <Row
        title={tree === 'grid' ? '联系的党组织' : '联系的网格'}
        words={node.tied.map(({ name }) => name).join('、') || '没有'}
      />
      {tree === 'grid' && node.children.length > 0 && (
        <Row title="一格三员" words="看看哪个小网格缺人" onPress={() => void go('gridStaff', { nodeId: node.id })} />
      )}
    </Card>
  );
}

type Open = Changing | 'add' | null;

function Actions({ node }: { node: NodePage }) {
  const [open, setOpen] = useState<Open>(null);
  const kinds = node.allows.filter(
    (allowed): allowed is Changing | 'add' => allowed !== 'give' && allowed !== 'handOver',
  );
  const close = () => setOpen(null);
  return (
    <>
      <View className="admin-actions">
        {kinds.map((kind) => (
          <Button key={kind} short look="plain" onPress={() => setOpen(kind)}>
            {kind === 'add' ? '新设下级' : changeNames[kind]}
          </Button>
        ))}
        {node.allows.includes('handOver') && node.holders.length > 0 && (
          <Button short look="plain" onPress={() => void go('prepareHandover', { tree: node.tree, nodeId: node.id })}>
            换届交接
          </Button>
        )}
      </View>
      {open === 'add' && <AddSheet node={node} onClose={close} />}
      {open !== null && open !== 'add' && <ChangeSheet key={open} node={node} kind={open} onClose={close} />}
    </>
  );
}

const stateColours = { planned: 'working', applied: 'done', cancelled: 'stopped', failed: 'overdue' } as const;

function History({ history }: { history: NodePage['history'] }) {
  if (history.length === 0) return null;
  return (
    <Card bare title="历史">
      {history.map((change) => (
        <Change key={change.id} change={change} />
      ))}
    </Card>
  );
}

function Change({ change }: { change: NodePage['history'][number] }) {
  const now = useNow();
  const cancel = useAct('trees.cancel', { changeId: change.id });
  const { following } = change;
  const follow =
    following && (following.done ? `${following.moved} 条已跟着变` : `正在跟着变，${following.moved} 条好了`);
  const words = [
    change.trouble,
    change.sinceDay ? `实际从${dateWords(change.sinceDay, now)}起` : whenWords(change.effectiveAt, now),
    `${change.by}（${change.byRole}）`,
    change.reason,
    follow,
  ];
  return (
    <Row
      title={`${change.kindName} ${change.words}`}
      words={words.filter((part) => part !== null && part !== '').join(' · ')}
      end={<Tag colour={stateColours[change.state]} words={change.stateName} />}
    >
      <ActTrouble error={cancel.error} />
      {change.allows.includes('cancel') && (
        <Button short look="text" busy={cancel.isPending} onPress={() => cancel.mutate({})}>
          取消这项变动
        </Button>
      )}
    </Row>
  );
}
