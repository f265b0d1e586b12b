import { commitmentKinds, type CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { ContentFields } from '../../../../features/commitments/content-fields';
import { Keepers } from '../../../../features/commitments/keepers';
import { useDraft } from '../../../../lib/draft';
import { goBack, goInstead } from '../../../../lib/navigation';
import type { Me } from '../../../../lib/session';
import { useSubmit } from '../../../../lib/use-submit';
import { Button } from '../../../../ui/button';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { PhotosField } from '../../../../ui/photos-field';
import { toast } from '../../../../ui/toast';
import { Resumed } from '../../../../ui/resumed';
import {
  draftBody,
  firstFields,
  isLate,
  missingIn,
  organizationsOf,
  type DraftErrors,
  type DraftFields,
  type GrownFrom,
  type Whose,
} from './draft-fields';
import { DraftFoot } from './draft-foot';

interface DraftFormProps {
  readonly round: Round;
  readonly me: Me;
  readonly member: Whose['member'];
  /** It grows out of this one. */
  readonly order: GrownFrom;
}

/** A new deed: written, kept on the phone, sent through the queue; then it is read once more and handed in. */
export function DraftForm({ round, me, member, order }: DraftFormProps) {
  const [empty] = useState(() => firstFields(me, order));
  const form = formOf(member, order);
  const draft = useDraft<DraftFields>(form, empty);
  const whose = { round, member, order };
  const { fields, change } = draft;
  const missing = missingIn(fields, whose);
  const [tried, setTried] = useState(false);
  const { busy, refusal, send } = useSubmit();

  const write = async () => {
    setTried(true);
    const [first] = Object.values(missing);
    if (first !== undefined) return toast(first);
    const state = await send({
      id: draft.id,
      key: 'commitments.draft',
      sent: { params: { commitmentId: draft.id }, body: draftBody(fields, whose) },
      photoIds: fields.photoIds,
      title: fields.title,
      form,
      fields,
    });
    if (state === 'refused') return;
    setTried(false);
    draft.clear();
    if (state === 'sent') return goInstead('commitment', { commitmentId: draft.id });
    toast('先记下了，等网络好了自动发出');
    await goBack();
  };
  const errors: DraftErrors & Readonly<Record<string, string | undefined>> = {
    ...(tried ? missing : {}),
    ...refusal?.fields,
  };
  return (
    <Page
      title={member ? `替${member.name}写承诺` : '写承诺'}
      bottom={
        <DraftFoot trouble={refusal?.title ?? null}>
          <Button look="main" busy={busy} onPress={() => void write()}>
            写好了，看一看
          </Button>
        </DraftFoot>
      }
    >
      {draft.resumed && <Resumed onForget={draft.clear} />}
      <View className="draft__year">{`${round.year} 年。写好以后还能看一遍，再报给书记审。`}</View>
      {!member && me.can.includes('round.watch') && (
        <WhoseDeed fields={fields} me={me} errors={errors} onChange={change} />
      )}
      <ContentFields kind={fields.kind} fields={fields} errors={errors} lastDay={round.endsOn} onChange={change} />
      <Keepers roundId={round.id} fields={fields} errors={errors} onChange={change} />
      <PhotosField
        label="现在是什么样子？"
        hint="拍一张，办完了好对比；可以不拍。"
        photoIds={fields.photoIds}
        max={orderLimits.photos}
        onChange={(photoIds) => change({ photoIds })}
      />
      {isLate(whose) && (
        <TextArea
          label="为什么现在才写？"
          hint={`拟诺的时间过了，现在是“${round.stateName}”，补报要写原因。`}
          maxLength={200}
          value={fields.lateReason}
          error={errors.lateReason}
          onChange={(lateReason) => change({ lateReason })}
        />
      )}
    </Page>
  );
}

/** What is half written of one order, or for one member, is not mixed with the rest. */
function formOf(member: Whose['member'], order: GrownFrom): string {
  if (order !== null) return `commitment.of.${order.id}`;
  return member ? `commitment.for.${member.personId}` : 'commitment';
}

interface WhoseDeedProps {
  readonly fields: DraftFields;
  readonly me: Me;
  readonly errors: DraftErrors;
  readonly onChange: (some: Partial<DraftFields>) => void;
}

/** A secretary promises for himself, and for the organisation. */
function WhoseDeed({ fields, me, errors, onChange }: WhoseDeedProps) {
  const organizations = organizationsOf(me);
  const asksWhich = fields.kind !== 'personal' && organizations.length > 1;
  return (
    <>
      <Labelled label="谁来承诺？" error={errors.kind}>
        <Choice<CommitmentKind>
          label="谁来承诺"
          options={optionsOf(commitmentKinds)}
          value={fields.kind}
          onChange={(kind) => onChange({ kind })}
        />
      </Labelled>
      {asksWhich && (
        <Labelled label="哪个党组织？" error={errors.organizationId}>
          <Choice
            label="哪个党组织"
            options={organizations.map(({ nodeId, nodeName }) => ({ value: nodeId, words: nodeName }))}
            value={fields.organizationId}
            onChange={(organizationId) => onChange({ organizationId })}
          />
        </Labelled>
      )}
    </>
  );
}
