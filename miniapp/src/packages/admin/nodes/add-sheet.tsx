import { rankNames, type Rank } from '@sandan/shared/trees/tree.words';
import { ActSheet, fieldErrors } from '../../../features/orders/act-sheet';
import { useDraft } from '../../../lib/draft';
import { usePut } from '../../../lib/use-call';
import { Choice, optionsOf } from '../../../ui/choice';
import { Field, Labelled } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import type { NodePage } from './change-fields';

interface Fields {
  readonly name: string;
  readonly code: string;
  readonly rank: Rank | null;
  readonly reason: string;
}
const empty: Fields = { name: '', code: '', rank: null, reason: '' };

/** A new node right below this one. */
export function AddSheet({ node, onClose }: { node: NodePage; onClose: () => void }) {
  const add = usePut('trees.add');
  const draft = useDraft<Fields>(`tree.add.${node.id}`, empty);
  const { name, code, rank, reason } = draft.fields;
  const isGrid = node.tree === 'grid';
  const send = () => {
    const own = isGrid ? { code: code.trim() } : { rank: rank ?? 'branch' };
    const body = { parentId: node.id, name: name.trim(), reason: reason.trim(), ...own };
    const onSuccess = () => {
      draft.clear();
      toast(`${name.trim()}设好了`);
      onClose();
    };
    add.mutate({ params: { tree: node.tree, nodeId: draft.id }, body }, { onSuccess });
  };
  const unready = name.trim() === '' || reason.trim() === '' || (isGrid ? code.trim() === '' : rank === null);
  const errors = fieldErrors(add.error);
  return (
    <ActSheet title={`${node.name}下面新设`} yes="新设" doing={add} unready={unready} onYes={send} onClose={onClose}>
      <Field
        label="名称"
        value={name}
        error={errors['name']}
        maxLength={60}
        onChange={(value) => draft.change({ name: value })}
      />
      {isGrid ? (
        <Field
          label="编码"
          hint="12 位区划代码，或 15 位网格编码。"
          kind="number"
          maxLength={15}
          value={code}
          error={errors['code']}
          onChange={(value) => draft.change({ code: value })}
        />
      ) : (
        <Labelled label="层级">
          <Choice
            label="层级"
            options={optionsOf(rankNames)}
            value={rank}
            onChange={(value) => draft.change({ rank: value })}
          />
        </Labelled>
      )}
      <Field label="为什么设？" maxLength={200} value={reason} onChange={(value) => draft.change({ reason: value })} />
    </ActSheet>
  );
}
