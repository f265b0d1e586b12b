import { helperKinds, type GrantedRole, type HelperKind } from '@sandan/shared/access/roles';
import { useState } from 'react';
import { ActSheet } from '../../../features/orders/act-sheet';
import { useDraft } from '../../../lib/draft';
import { useCall, usePut } from '../../../lib/use-call';
import { Await } from '../../../ui/await';
import { Choice, optionsOf } from '../../../ui/choice';
import { Labelled } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { HolderSearch } from './holder-search';
import { emptyTerm, isTermSet, TermFields, termOf, type Term } from './term-fields';

interface GiveSheetProps {
  readonly tree: 'grid' | 'party';
  readonly nodeId: string;
  readonly onClose: () => void;
}

interface Fields extends Term {
  readonly role: GrantedRole | null;
  readonly kind: HelperKind | null;
}
const empty: Fields = { ...emptyTerm, role: null, kind: null };

/** 任命: who, as what, until when. What may be given here the server says. */
export function GiveSheet({ tree, nodeId, onClose }: GiveSheetProps) {
  const choices = useCall('posts.choices', { params: { tree, nodeId } });
  const give = usePut('posts.give');
  const draft = useDraft<Fields>(`give.${nodeId}`, empty);
  const [person, setPerson] = useState<{ personId: string; name: string } | null>(null);
  const { role, kind } = draft.fields;
  const unready = !person || role === null || (role === 'helper' && kind === null) || !isTermSet(draft.fields);
  const send = () => {
    if (!person || role === null) return;
    const body = { personId: person.personId, role, kind: role === 'helper' ? kind : null, tree, nodeId };
    const onSuccess = () => {
      draft.clear();
      toast(`已任命${person.name}`);
      onClose();
    };
    give.mutate({ params: { postId: draft.id }, body: { ...body, ...termOf(draft.fields) } }, { onSuccess });
  };
  return (
    <ActSheet title="任命" yes="任命" doing={give} unready={unready} onYes={send} onClose={onClose}>
      <Await query={choices} rows={1}>
        {({ nodeName, roles }) => (
          <Labelled label={`在${nodeName}担任什么？`}>
            <Choice
              label="职务"
              options={roles.map(({ role: value, name: words }) => ({ value, words }))}
              value={role}
              onChange={(chosen) => draft.change({ role: chosen })}
            />
          </Labelled>
        )}
      </Await>
      {role === 'helper' && (
        <Labelled label="哪一类？">
          <Choice
            label="哪一类"
            options={optionsOf(helperKinds)}
            value={kind}
            onChange={(chosen) => draft.change({ kind: chosen })}
          />
        </Labelled>
      )}
      <Labelled label={person ? `谁来担任？已选${person.name}` : '谁来担任？'}>
        <HolderSearch chosen={person?.personId ?? null} onPick={setPerson} />
      </Labelled>
      <TermFields term={draft.fields} onChange={draft.change} />
    </ActSheet>
  );
}
