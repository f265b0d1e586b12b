import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import type { Plan } from './use-plan';

type Member = Plan['members'][number];

const firstShown = 6;

/** Each member with how many households he had and will have. 5–10 is a word of advice, nothing more. */
export function MemberLoads({ members, from, to }: { members: readonly Member[]; from: number; to: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, firstShown);
  return (
    <Card bare title={`党员 ${members.length} 人，一人联系 ${from}–${to} 户为好`}>
      {shown.map((member) => (
        <Row
          key={member.personId}
          title={member.name}
          words={[member.grid, member.away ? '外出一个月以上' : null, member.warning].filter(Boolean).join('，')}
          end={<View className="links__load">{loadWords(member)}</View>}
        />
      ))}
      {!all && members.length > firstShown && (
        <Button look="text" onPress={() => setAll(true)}>
          {`再看 ${members.length - firstShown} 人`}
        </Button>
      )}
    </Card>
  );
}

const loadWords = ({ before, after }: Member): string => (before === after ? `${after} 户` : `${before} → ${after} 户`);
