import { householdFlags, type HouseholdFlagName } from '@sandan/shared/households/household.words';
import { View } from '@tarojs/components';
import { fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraftOver } from '../../../../lib/draft-over';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall, usePut } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Choices } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { isNumber, numberIn } from './typed-number';
import { SaveSettings } from './save-settings';

interface VisitProps {
  readonly gridId: string;
  readonly mayChange: boolean;
}
type Settings = ReplyFrom<'visits.settings'>;

/** 大走访和联户: how often, to whom every month, how many households a member has. */
export function VisitSettings({ gridId, mayChange }: VisitProps) {
  const query = useCall('visits.settings', { params: { gridId } });
  return <Await query={query}>{(settings) => <Form {...{ gridId, mayChange, settings }} />}</Await>;
}

const typedOf = ({ everyMonths, closeFlags, linksFrom, linksTo }: Settings) => ({
  ...{ everyMonths: String(everyMonths), closeFlags, linksFrom: String(linksFrom), linksTo: String(linksTo) },
});
const flags = (Object.keys(householdFlags) as HouseholdFlagName[]).map((value) => ({
  value,
  words: householdFlags[value].name,
}));

function Form({ gridId, settings, mayChange }: VisitProps & { settings: Settings }) {
  const act = usePut('visits.changeSettings');
  const draft = useDraftOver(`visit-settings.${gridId}`, typedOf(settings));
  const { everyMonths, closeFlags, linksFrom, linksTo } = draft.fields;
  const errors = fieldErrors(act.error);
  const save = () => {
    const numbers = { everyMonths: numberIn(everyMonths), linksFrom: numberIn(linksFrom), linksTo: numberIn(linksTo) };
    act.mutate({ params: { gridId }, body: { ...numbers, closeFlags } }, { onSuccess: () => toast('改好了') });
  };
  return (
    <Card title="大走访和联户">
      {mayChange && <DraftNote draft={draft} />}
      <View className="settings__numbers">
        <Field
          label="每户几个月走访一次（月）"
          kind="number"
          maxLength={2}
          value={everyMonths}
          error={errors['everyMonths']}
          onChange={(value) => draft.change({ everyMonths: value })}
        />
        <Field
          label="每名党员至少联几户（户）"
          kind="number"
          maxLength={2}
          value={linksFrom}
          error={errors['linksFrom']}
          onChange={(value) => draft.change({ linksFrom: value })}
        />
        <Field
          label="每名党员最多联几户（户）"
          kind="number"
          maxLength={3}
          value={linksTo}
          error={errors['linksTo']}
          onChange={(value) => draft.change({ linksTo: value })}
        />
      </View>
      <Labelled label="有这些情况的，每月都要走访">
        <Choices
          label="有这些情况的，每月都要走访"
          options={flags}
          values={closeFlags}
          onChange={(values) => draft.change({ closeFlags: values })}
        />
      </Labelled>
      {mayChange && (
        <SaveSettings
          words="保存走访和联户"
          act={act}
          unready={![everyMonths, linksFrom, linksTo].every(isNumber)}
          onSave={save}
        />
      )}
    </Card>
  );
}
