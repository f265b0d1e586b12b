import { chinaDate } from '@sandan/shared/china-time';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { ActSheet } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { goBack } from '../../../../lib/navigation';
import { useAct, useList } from '../../../../lib/use-call';
import { useSettled } from '../../../../lib/use-settled';
import { Card } from '../../../../ui/card';
import { Labelled } from '../../../../ui/field';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { SearchBox, SearchRow } from '../../../../ui/search-box';
import { Stepper } from '../../../../ui/stepper';
import { Switch } from '../../../../ui/switch';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';

type Member = ReplyFrom<'rounds.roster'>['items'][number];

/** 纳入: who joined later, or moved to another branch, found by name. */
export default function IncludeMemberPage() {
  const { roundId = '' } = useRouter().params;
  const [typed, setTyped] = useState('');
  const [chosen, choose] = useState<Member | null>(null);
  const q = useSettled(typed.trim());
  const list = useList('rounds.roster', q === '' ? { unlisted: 'true' } : { q }, { roundId });
  return (
    <Page title="纳入党员">
      <SearchRow>
        <SearchBox label="按姓名找党员" example="输入姓名" value={typed} onChange={setTyped} />
      </SearchRow>
      <ListView
        list={list}
        label="党员"
        keyOf={({ personId }) => personId}
        row={(member) => (
          <Card bare>
            <Row
              title={member.name}
              words={member.organization.name}
              end={<Standing standing={member.standing} />}
              onPress={() => choose(member)}
            />
          </Card>
        )}
        empty={
          q === ''
            ? { icon: 'circle-check-big', title: '都在名单里了', words: '后来转进来的党员会列在这里；也可以按姓名找。' }
            : { icon: 'search', title: `没有找到“${q}”`, words: '组织关系转到本镇以后才找得到。' }
        }
      />
      {chosen && <IncludeSheet key={chosen.personId} roundId={roundId} member={chosen} onClose={() => choose(null)} />}
    </Page>
  );
}

function Standing({ standing }: Pick<Member, 'standing'>) {
  if (standing === null) return null;
  return standing === 'owes' ? <Tag colour="done" words="在名单里" /> : <Tag colour="stopped" words="免诺" />;
}

interface IncludeSheetProps {
  readonly roundId: string;
  readonly member: Member;
  readonly onClose: () => void;
}

const months = 12;

function IncludeSheet({ roundId, member, onClose }: IncludeSheetProps) {
  const act = useAct('rounds.include', { roundId });
  const [late, setLate] = useState(member.standing === null);
  const [fromMonth, setFromMonth] = useState(() => Number(chinaDate(Date.now()).slice(5, 7)));
  const include = () => {
    const onSuccess = () => {
      toast(`${member.name}纳入了`);
      onClose();
      void goBack();
    };
    act.mutate({ personId: member.personId, ...(late ? { fromMonth } : {}) }, { onSuccess });
  };
  return (
    <ActSheet title={`纳入${member.name}`} yes="纳入" doing={act} onYes={include} onClose={onClose}>
      <View>
        {member.standing === 'owes'
          ? `他已经在名单里，再纳入就按现在的支部（${member.organization.name}）和这里选的月份重新算。`
          : `${member.organization.name}。纳入以后，他也要承诺。`}
      </View>
      <Card bare>
        <Switch title="今年才转来、入党的" words="按剩下的月份少写几件" on={late} onChange={setLate} />
      </Card>
      {late && (
        <Labelled label="从几月算起？">
          <Stepper label="从几月算起" value={fromMonth} min={1} max={months} unit="月" onChange={setFromMonth} />
        </Labelled>
      )}
    </ActSheet>
  );
}
