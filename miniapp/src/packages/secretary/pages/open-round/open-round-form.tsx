import { commitmentKinds, type CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { rankNames } from '../../../../features/commitments/ranks';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { goBack } from '../../../../lib/navigation';
import { usePut } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Choices, optionsOf } from '../../../../ui/choice';
import { DateField } from '../../../../ui/date-fields';
import { Labelled } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { Resumed } from '../../../../ui/resumed';
import { Stepper } from '../../../../ui/stepper';
import { toast } from '../../../../ui/toast';
import type { NextRound } from './index';
import './index.scss';

const mostDeeds = 20;
const kinds = Object.keys(commitmentKinds) as CommitmentKind[];
const days = [
  { key: 'draftsUntil', label: '拟诺到哪天？' },
  { key: 'reviewsUntil', label: '审诺到哪天？' },
  { key: 'endsOn', label: '这一年到哪天？', hint: '承诺最晚在这一天办成。' },
] as const;

/** Dates, how many of each kind, and which organisations owe deeds of their own. */
export function OpenRoundForm({ next }: { next: NextRound }) {
  const { organizationId, organizationName, year, ...asBefore } = next;
  const [empty] = useState(asBefore);
  const draft = useDraft(`open-round.${organizationId}.${year}`, empty);
  const { fields, change } = draft;
  const put = usePut('rounds.open');
  const wrong = fieldErrors(put.error);
  const open = () => {
    const { minima, ranks, draftsUntil, reviewsUntil, endsOn } = fields;
    const body = { organizationId, year, minima, ranks, draftsUntil, reviewsUntil, endsOn };
    const onSuccess = () => {
      draft.clear();
      toast(`${year} 年设立好了`);
      void goBack();
    };
    put.mutate({ params: { roundId: draft.id }, body }, { onSuccess });
  };
  return (
    <Page
      title={`设立 ${year} 年`}
      bottom={
        <Button look="main" busy={put.isPending} disabled={fields.ranks.length === 0} onPress={open}>
          {`设立 ${year} 年`}
        </Button>
      }
    >
      {draft.resumed && <Resumed onForget={draft.clear} />}
      <View className="open-round__words">{`${organizationName}的 ${year} 年。设立后先筹备，点“开始拟诺”才通知大家。`}</View>
      {days.map(({ key, ...asked }) => (
        <DateField
          key={key}
          {...asked}
          value={fields[key]}
          error={wrong[key]}
          onChange={(value) => change({ [key]: value })}
        />
      ))}
      {kinds.map((kind) => (
        <Labelled key={kind} label={`${commitmentKinds[kind]}至少几件？`}>
          <Stepper
            label={commitmentKinds[kind]}
            value={fields.minima[kind]}
            min={0}
            max={mostDeeds}
            unit="件"
            onChange={(count) => change({ minima: { ...fields.minima, [kind]: count } })}
          />
        </Labelled>
      ))}
      <Labelled label="哪些党组织要承诺？" hint="党员按在册的名单来，开始拟诺那天定下。" error={wrong['ranks']}>
        <Choices
          label="哪些党组织"
          options={optionsOf(rankNames)}
          values={fields.ranks}
          onChange={(ranks) => change({ ranks })}
        />
      </Labelled>
      <ActTrouble error={put.error} />
    </Page>
  );
}
