import { chinaDate } from '@sandan/shared/china-time';
import {
  flagGrounds,
  flagSources,
  householdFlags,
  type FlagGround,
  type FlagSource,
  type HouseholdFlagName,
} from '@sandan/shared/households/household.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../lib/draft';
import { useAct } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Choice, optionsOf } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import { Row } from '../../ui/row';
import { Tag } from '../../ui/tags';
import { toast } from '../../ui/toast';
import { ActSheet, ActTrouble } from '../orders/act-sheet';
import type { Household } from './household';

type Flag = NonNullable<Household['flags']>[number];

/** 特殊情况: shown to the linked member, the lead and the worker only; looked at again every year. */
export function FlagsCard({ household }: { household: Household }) {
  const [adding, setAdding] = useState(false);
  const nameOf = (personId: string | null) => household.people.find((each) => each.personId === personId)?.name ?? null;
  return (
    <Card bare title="特殊情况（只给联系人看）">
      {household.flags?.map((flag) => (
        <FlagRow key={flag.flagId} flag={flag} of={nameOf(flag.personId)} householdId={household.householdId} />
      ))}
      <Row icon="plus" title="登记一项" onPress={() => setAdding(true)} />
      {adding && <FlagSheet household={household} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function FlagRow({ flag, of, householdId }: { flag: Flag; of: string | null; householdId: string }) {
  const check = useAct('households.checkFlag', { householdId, flagId: flag.flagId });
  const words = [of, flag.sourceName, `${flag.since} 起`, `核对到 ${flag.checkedUntil}`].filter(Boolean).join(' · ');
  return (
    <Row title={flag.name} words={words} end={flag.isDue ? <Tag colour="overdue" words="要核对" /> : undefined}>
      <ActTrouble error={check.error} />
      <View className="households__acts">
        <Button short disabled={check.isPending} onPress={() => check.mutate({ holds: true })}>
          还是这样
        </Button>
        <Button short look="text" disabled={check.isPending} onPress={() => check.mutate({ holds: false })}>
          已经不是
        </Button>
      </View>
    </Row>
  );
}

interface Fields {
  readonly flag: HouseholdFlagName | null;
  readonly personId: string | null;
  readonly source: FlagSource | null;
  readonly ground: FlagGround | null;
}
const empty: Fields = { flag: null, personId: null, source: null, ground: null };
const flagNames = Object.fromEntries(Object.entries(householdFlags).map(([flag, { name }]) => [flag, name])) as Record<
  HouseholdFlagName,
  string
>;

function FlagSheet({ household, onClose }: { household: Household; onClose: () => void }) {
  const add = useAct('households.addFlag', { householdId: household.householdId });
  const draft = useDraft(`flag.${household.householdId}`, empty);
  const { flag, personId, source, ground } = draft.fields;
  const { sensitive = false, ofPerson = false } = flag === null ? {} : householdFlags[flag];
  const send = () => {
    if (flag === null || source === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('登记好了');
      onClose();
    };
    const more = { ...(ofPerson && personId ? { personId } : {}), ...(sensitive && ground ? { ground } : {}) };
    add.mutate({ flag, source, since: chinaDate(Date.now()), ...more }, { onSuccess });
  };
  const unready = flag === null || source === null || (ofPerson && !personId) || (sensitive && !ground);
  return (
    <ActSheet title="登记特殊情况" yes="登记" doing={add} unready={unready} onYes={send} onClose={onClose}>
      <Labelled label="哪一项？">
        <Choice
          label="哪一项"
          options={optionsOf(flagNames)}
          value={flag}
          onChange={(value) => draft.change({ flag: value })}
        />
      </Labelled>
      {ofPerson && (
        <Labelled label="家里哪一位？">
          <Choice
            label="哪一位"
            options={household.people.map((each) => ({ value: each.personId, words: each.name }))}
            value={personId}
            onChange={(value) => draft.change({ personId: value })}
          />
        </Labelled>
      )}
      <Labelled label="怎么知道的？">
        <Choice
          label="怎么知道的"
          options={optionsOf(flagSources)}
          value={source}
          onChange={(value) => draft.change({ source: value })}
        />
      </Labelled>
      {sensitive && (
        <Labelled label="凭什么登记？" hint="这一项属于敏感个人信息。">
          <Choice
            label="凭什么"
            options={optionsOf(flagGrounds)}
            value={ground}
            onChange={(value) => draft.change({ ground: value })}
          />
        </Labelled>
      )}
    </ActSheet>
  );
}
