import { datums, rankNames } from '@sandan/shared/trees/tree.words';
import { useQuery } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { ActSheet, fieldErrors } from '../../../features/orders/act-sheet';
import { dateAfter } from '../../../lib/china-instant';
import { call } from '../../../lib/client';
import { useDraft, type DraftInHand } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { useNow } from '../../../lib/use-now';
import { Choice, optionsOf } from '../../../ui/choice';
import { DateField } from '../../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import {
  askedOf,
  changeTitle,
  emptyChange,
  tierOfTarget,
  type Asked,
  type ChangeDraft,
  type Changing,
  type NodePage,
} from './change-fields';
import { NodeChoice } from './node-choice';

interface ChangeSheetProps {
  readonly node: NodePage;
  readonly kind: Changing;
  readonly onClose: () => void;
}

/** One change of a node: what, why, from which day on, and what will follow. */
export function ChangeSheet({ node, kind, onClose }: ChangeSheetProps) {
  const params = { tree: node.tree, nodeId: node.id };
  const act = useAct('trees.change', params);
  const draft = useDraft<ChangeDraft>(`tree.${kind}.${node.id}`, emptyChange);
  const now = useNow();
  const change = askedOf(kind, draft.fields);
  const { reason, effectiveOn } = draft.fields;
  const send = () => {
    if (change === null) return;
    const onSuccess = () => {
      draft.clear();
      toast(effectiveOn > dateAfter(now, 0) ? '已安排，到那天生效' : '已生效');
      onClose();
    };
    const day = effectiveOn === '' ? {} : { effectiveOn };
    act.mutate({ change, reason: reason.trim(), ...day }, { onSuccess });
  };
  const unready = change === null || reason.trim() === '';
  return (
    <ActSheet
      title={changeTitle(kind, node.name)}
      yes="确定"
      doing={act}
      unready={unready}
      onYes={send}
      onClose={onClose}
    >
      <What node={node} kind={kind} draft={draft} error={fieldErrors(act.error)['change.boundary']} />
      {change !== null && <Follows params={params} change={change} />}
      <Field
        label="为什么改？"
        example="例如：县民政局批复"
        maxLength={200}
        value={reason}
        onChange={(value) => draft.change({ reason: value })}
      />
      <DateField
        label="从哪一天起？"
        hint="不选就是今天。选以后的日子，到那天零点生效；选过去的日子，只作记录。"
        value={effectiveOn}
        onChange={(value) => draft.change({ effectiveOn: value })}
      />
    </ActSheet>
  );
}

interface WhatProps {
  readonly node: NodePage;
  readonly kind: Changing;
  readonly draft: DraftInHand<ChangeDraft>;
  readonly error?: string;
}

const textLabels = { rename: '新的名称', recode: '新的编码', phone: '值班电话' } as const;

function What({ node, kind, draft, error }: WhatProps) {
  const { text, nodeId, rank } = draft.fields;
  const change = (value: string) => draft.change({ text: value });
  if (kind === 'rename' || kind === 'recode' || kind === 'phone') {
    return <Field label={textLabels[kind]} maxLength={60} value={text} onChange={change} />;
  }
  if (kind === 'boundary') return <BoundaryFields draft={draft} error={error} />;
  if (kind === 'rank') {
    return (
      <Labelled label="新的层级">
        <Choice
          label="层级"
          options={optionsOf(rankNames)}
          value={rank}
          onChange={(value) => draft.change({ rank: value })}
        />
      </Labelled>
    );
  }
  if (kind === 'untie') {
    return (
      <Labelled label="不再联系哪个网格？">
        <Choice
          label="网格"
          options={node.tied.map(({ id, name }) => ({ value: id, words: name }))}
          value={nodeId}
          onChange={(value) => draft.change({ nodeId: value })}
        />
      </Labelled>
    );
  }
  const labels = {
    move: '划到哪里？',
    merge: '并入哪里？',
    close: '并入哪里？（下面没有人和事，可以不选）',
    tie: '联系哪个网格？',
  };
  return (
    <NodeChoice
      label={labels[kind]}
      tree={kind === 'tie' ? 'grid' : node.tree}
      tierName={tierOfTarget(node, kind)}
      exceptId={node.id}
      value={nodeId}
      onChange={(value) => draft.change({ nodeId: value })}
    />
  );
}

const BoundaryFields = ({ draft, error }: Pick<WhatProps, 'draft' | 'error'>) => (
  <>
    <Labelled label="用的是哪种坐标系？" hint="测绘单位的图一般是 CGCS2000；手机地图上描的是 GCJ-02。">
      <Choice
        label="坐标系"
        options={optionsOf(datums)}
        value={draft.fields.datum}
        onChange={(datum) => draft.change({ datum })}
      />
    </Labelled>
    <TextArea
      label="边界（GeoJSON）"
      hint="把文件里的内容粘贴进来，要是一个 Polygon，2000 个点以内。"
      maxLength={50_000}
      error={error}
      value={draft.fields.text}
      onChange={(text) => draft.change({ text })}
    />
  </>
);

/** What the server says will come along. */
function Follows({ params, change }: { params: { tree: 'grid' | 'party'; nodeId: string }; change: Asked }) {
  const preview = useQuery({
    queryKey: ['trees.preview', params, change],
    queryFn: () => call('trees.preview', { params, body: { change } }),
    retry: false,
  });
  const { follows = [], warnings = [] } = preview.data ?? {};
  if (follows.length + warnings.length === 0) return null;
  return (
    <Labelled label="会跟着变的" hint={follows.length > 0 ? `${follows.join('、')}。` : undefined}>
      {warnings.map((words) => (
        <View key={words} className="admin-warning">
          {words}
        </View>
      ))}
    </Labelled>
  );
}
