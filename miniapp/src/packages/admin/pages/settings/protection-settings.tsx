import {
  protectionGroups,
  protectionNames,
  protectionNumbers,
  type ProtectionName,
  type ProtectionRules,
} from '@sandan/shared/settings/protection.words';
import { View } from '@tarojs/components';
import { fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraftOver } from '../../../../lib/draft-over';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall, usePut } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Field } from '../../../../ui/field';
import { Row } from '../../../../ui/row';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { isNumber, numberIn } from './typed-number';
import { SaveSettings } from './save-settings';

interface ProtectionProps {
  readonly gridId: string;
  readonly mayChange: boolean;
}

/** 数据保护: how much may be looked at and taken out, how long one may think again, how long a sign-in lasts. */
export function ProtectionSettings({ gridId, mayChange }: ProtectionProps) {
  const query = useCall('settings.protection', { params: { gridId } });
  return <Await query={query}>{(page) => <Numbers gridId={gridId} page={page} mayChange={mayChange} />}</Await>;
}

type Page = ReplyFrom<'settings.protection'>;
type Typed = Record<ProtectionName, string>;
const typedOf = (rules: ProtectionRules): Typed =>
  Object.fromEntries(protectionNames.map((name) => [name, String(rules[name])])) as Typed;

function Numbers({ gridId, page: { rules, auditKeepDays }, mayChange }: ProtectionProps & { page: Page }) {
  const act = usePut('settings.changeProtection');
  const draft = useDraftOver(`protection.${gridId}`, typedOf(rules));
  const errors = fieldErrors(act.error);
  const unready = protectionNames.some((name) => !isNumber(draft.fields[name]));
  const save = () => {
    const body = Object.fromEntries(protectionNames.map((name) => [name, numberIn(draft.fields[name])]));
    act.mutate({ params: { gridId }, body: body as ProtectionRules }, { onSuccess: () => toast('改好了，马上生效') });
  };
  return (
    <>
      {mayChange && <DraftNote draft={draft} />}
      {protectionGroups.map(({ title, names }) => (
        <Card key={title} title={title}>
          <View className="settings__numbers">
            {names.map((name) => (
              <NumberField
                key={name}
                name={name}
                value={draft.fields[name]}
                error={errors[name]}
                onChange={(value) => draft.change({ [name]: value })}
              />
            ))}
          </View>
        </Card>
      ))}
      <Card bare title="记录保存">
        <Row
          icon="shield-check"
          title={`审计记录保存 ${auditKeepDays} 天`}
          words="由审计员在“审计记录”里设，不少于 180 天。"
        />
      </Card>
      {mayChange && <SaveSettings words="保存数据保护的设置" act={act} unready={unready} onSave={save} />}
    </>
  );
}

interface NumberFieldProps {
  readonly name: ProtectionName;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function NumberField({ name, value, error, onChange }: NumberFieldProps) {
  const { name: label, words, unit, usual, fewest, most } = protectionNumbers[name];
  return (
    <Field
      label={label.includes(unit) ? label : `${label}（${unit}）`}
      hint={`${words}通常 ${usual}，可填 ${fewest}—${most}。`}
      kind="number"
      maxLength={5}
      {...{ value, error, onChange }}
    />
  );
}
