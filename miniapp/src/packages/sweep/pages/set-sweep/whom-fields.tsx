import { householdFlags, type HouseholdFlagName } from '@sandan/shared/households/household.words';
import { selections } from '@sandan/shared/sweeps/sweep.words';
import { View } from '@tarojs/components';
import { useMutation } from '@tanstack/react-query';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useMe } from '../../../../lib/session';
import { Button } from '../../../../ui/button';
import { Choice, Choices, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { PickHouseholds } from './pick-households';
import { selectionOf, type PlanDraft } from './plan-draft';

interface WhomFieldsProps {
  readonly fields: PlanDraft;
  readonly areas: ReplyFrom<'sweeps.list'>['areas'];
  /** Need-to-know: 低保, 残疾 … only for whoever is entitled to them. */
  readonly sensitive: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (some: Partial<PlanDraft>) => void;
}

/** Where, and which households; how many that would be can be asked before. */
export function WhomFields({ fields, areas, sensitive, errors, onChange }: WhomFieldsProps) {
  const flags = (Object.keys(householdFlags) as HouseholdFlagName[]).filter(
    (flag) => sensitive || !householdFlags[flag].sensitive,
  );
  const mayPick = useMe()?.can.includes('household.read') ?? false;
  const wrong = (name: string) => (errors[name] === undefined ? {} : { error: errors[name] });
  return (
    <>
      <Labelled label="查哪一片？" {...wrong('gridId')}>
        <Choice
          label="查哪一片"
          options={areas.map(({ gridId, name }) => ({ value: gridId, words: name }))}
          value={fields.gridId}
          // What was picked elsewhere does not belong to this place.
          onChange={(gridId) => onChange({ gridId, picked: [] })}
        />
      </Labelled>
      <Labelled label="查哪些住户？" {...wrong('selection')}>
        <Choice
          label="查哪些住户"
          options={optionsOf(selections)}
          value={fields.by}
          onChange={(by) => onChange({ by })}
        />
      </Labelled>
      {fields.by === 'flags' && (
        <Labelled label="哪些特殊情况？" hint="用特殊情况选户会留下记录，去的人看不到是哪一种">
          <Choices
            label="哪些特殊情况"
            options={flags.map((value) => ({ value, words: householdFlags[value].name }))}
            values={fields.flags}
            onChange={(chosen) => onChange({ flags: chosen })}
          />
        </Labelled>
      )}
      {fields.by === 'list' && fields.gridId !== null && mayPick && (
        <Labelled label="一户一户挑">
          <PickHouseholds gridId={fields.gridId} picked={fields.picked} onChange={(picked) => onChange({ picked })} />
        </Labelled>
      )}
      {fields.by === 'list' && (
        <TextArea
          label={mayPick ? '或者贴户号' : '户号'}
          hint="从表格里把户号一列复制过来，一行一个"
          maxLength={20_000}
          value={fields.codes}
          onChange={(codes) => onChange({ codes })}
        />
      )}
      {fields.gridId !== null && <Preview fields={fields} gridId={fields.gridId} />}
    </>
  );
}

function Preview({ fields, gridId }: { fields: PlanDraft; gridId: string }) {
  const asked = useMutation({
    mutationFn: () => call('sweeps.preview', { body: { gridId, selection: selectionOf(fields) } }),
  });
  return (
    <>
      <ActTrouble error={asked.error} />
      {asked.data && <View className="sweep-note">{previewWords(asked.data)}</View>}
      <Button short look="text" icon="search" busy={asked.isPending} onPress={() => asked.mutate()}>
        看看有多少户
      </Button>
    </>
  );
}

const previewWords = ({ households, people, holders, unassigned, unknown }: ReplyFrom<'sweeps.preview'>): string =>
  [
    `一共 ${households} 户 ${people} 人，由 ${holders} 个人去。`,
    ...(unassigned > 0 ? [`有 ${unassigned} 户没人能去，开始后要您来派。`] : []),
    ...(unknown.length > 0 ? [`这些户号找不到：${unknown.join('、')}。`] : []),
  ].join('');
