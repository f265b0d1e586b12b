import { bindingLimits, bindingProofs, type BindingProof } from '@sandan/shared/people/binding.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useAct, useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { PickRow } from '../../../../ui/pick-row';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';
import { toast } from '../../../../ui/toast';
import './index.scss';

type Binding = ReplyFrom<'bindings.read'>;

/** One request: what the newcomer said, who of the roster may be meant, and yes or no with how one knows. */
export function DecideSheet({ bindingId, onClose }: { bindingId: string; onClose: () => void }) {
  const binding = useCall('bindings.read', { params: { bindingId } });
  return (
    <Sheet title="核实是不是本人" open onClose={onClose}>
      <Await query={binding} rows={1}>
        {(data) => (
          <>
            <Said binding={data} />
            {data.allows.includes('confirm') && <Confirm binding={data} onDone={onClose} />}
            {data.allows.includes('approve') && <Approve binding={data} onDone={onClose} />}
            {data.allows.includes('refuse') && <Refuse binding={data} onDone={onClose} />}
          </>
        )}
      </Await>
    </Sheet>
  );
}

const Said = ({ binding }: { binding: Binding }) => (
  <>
    <Row
      title={binding.kindName}
      words={[binding.stateName, binding.place, binding.phone].filter(Boolean).join(' · ')}
    />
    {binding.saidHead !== null && (
      <Row title={`他说户主是${binding.saidHead}`} words={`门牌 ${binding.saidDoor ?? '没有写'}`} />
    )}
    {binding.confirmedBy !== null && <Row title={`${binding.confirmedBy}核实过`} words={binding.proofName} />}
    {binding.isDoubted && (
      <Row icon="circle-alert" title="家里人说不认识" words="您核实是本人的话，还要驻村干部再看一遍。" />
    )}
    {binding.words !== null && <Row title="没有通过" words={binding.words} />}
  </>
);

interface Deciding {
  readonly binding: Binding;
  readonly onDone: () => void;
}

function Confirm({ binding, onDone }: Deciding) {
  const [personId, setPersonId] = useState<string | null>(null);
  const [proof, setProof] = useState<BindingProof | null>(null);
  const confirm = useAct('bindings.confirm', { bindingId: binding.bindingId });
  const send = () => {
    if (personId === null || proof === null) return;
    const onSuccess = ({ stateName }: Binding) => {
      toast(stateName);
      onDone();
    };
    confirm.mutate({ personId, proof }, { onSuccess });
  };
  if (binding.candidates.length === 0)
    return (
      <View className="bindings__words">
        花名册里没有对上的户。请先在“村民家庭”里登记好，再来核实，或者写明原因不通过。
      </View>
    );
  return (
    <>
      <Labelled label="他是花名册上的谁？">
        {binding.candidates.map((each) => (
          <PickRow
            key={each.personId}
            title={each.name}
            words={[each.relationName, each.door, each.isBound ? '已经绑过微信' : null].filter(Boolean).join(' · ')}
            chosen={each.personId === personId}
            onPress={() => setPersonId(each.personId)}
          />
        ))}
      </Labelled>
      <Labelled label="怎么核实的？" hint="只记怎么核实的，不记证件号码。">
        <Choice label="怎么核实的" options={optionsOf(bindingProofs)} value={proof} onChange={setProof} />
      </Labelled>
      <ActTrouble error={confirm.error} />
      <Button look="main" busy={confirm.isPending} disabled={personId === null || proof === null} onPress={send}>
        核实了，是本人
      </Button>
    </>
  );
}

function Approve({ binding, onDone }: Deciding) {
  const approve = useAct('bindings.approve', { bindingId: binding.bindingId });
  const onSuccess = () => {
    toast('绑定好了');
    onDone();
  };
  return (
    <>
      {binding.candidates.map(({ personId, name }) => (
        <Row key={personId} icon="user-round" title={name} words="花名册上的这一位" />
      ))}
      <ActTrouble error={approve.error} />
      <Button look="main" busy={approve.isPending} onPress={() => approve.mutate({}, { onSuccess })}>
        同意，是本人
      </Button>
    </>
  );
}

function Refuse({ binding, onDone }: Deciding) {
  const draft = useDraft(`bind-refuse.${binding.bindingId}`, { words: '' });
  const refuse = useAct('bindings.refuse', { bindingId: binding.bindingId });
  const words = draft.fields.words.trim();
  const onSuccess = () => {
    draft.clear();
    toast('已经告诉他了');
    onDone();
  };
  return (
    <View className="bindings__refuse">
      <TextArea
        label="不通过的话，为什么？"
        hint="他会看到。不要写别人家的情况。"
        maxLength={bindingLimits.words}
        value={draft.fields.words}
        error={fieldErrors(refuse.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      <ActTrouble error={refuse.error} />
      <Button busy={refuse.isPending} disabled={words === ''} onPress={() => refuse.mutate({ words }, { onSuccess })}>
        不通过
      </Button>
    </View>
  );
}
