import { chinaDate as dayOfPrint } from '@sandan/shared/china-time';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Page } from '../../../../ui/page';
import { Sheet } from '../../../../ui/sheet';
import './index.scss';

type Table = ReplyFrom<'grantReviews.roles'>;
const everyRole = 'all';

/** 岗位权限表: what each post may do, as the program has it. It prints on A4 from the browser, and is a PDF. */
export default function RoleTablePage() {
  const table = useCall('grantReviews.roles');
  return (
    <Page title="岗位权限表" wide>
      <Await query={table}>{(data) => <Roles table={data} />}</Await>
    </Page>
  );
}

function Roles({ table }: { table: Table }) {
  const [role, setRole] = useState<string>(everyRole);
  const [choosing, setChoosing] = useState(false);
  const paper = usePaper();
  const me = useMe();
  const now = useNow();
  const nameOf = (id: string) => table.roles.find((each) => each.role === id)?.name ?? id;
  const chosen = table.roles.find((each) => each.role === role);
  return (
    <View className="role-table">
      <View className="role-table__tools">
        <Button short look="plain" icon="list-filter" onPress={() => setChoosing(true)}>
          {chosen?.name ?? '全部岗位'}
        </Button>
        <Button
          short
          look="text"
          icon="file-text"
          label="下载岗位权限表，PDF"
          busy={paper.isPending}
          onPress={() => paper.mutate(() => call('grantReviews.rolesPaper', {}))}
        >
          下载 PDF
        </Button>
        {process.env.TARO_ENV === 'h5' && (
          <Button short look="text" icon="file-text" onPress={() => window.print()}>
            打印
          </Button>
        )}
      </View>
      <View className="role-table__paper">
        {`岗位权限表${chosen ? `（${chosen.name}）` : ''}，${me?.name ?? ''} ${dayOfPrint(now)} 打印`}
      </View>
      <ActTrouble error={paper.error} />
      {chosen && chosen.apartFrom.length > 0 && (
        <View className="role-table__apart">{`${chosen.name}不能同时是${chosen.apartFrom.join('、')}。`}</View>
      )}
      {table.groups.map((group) => (
        <Group key={group.name} group={group} role={role} nameOf={nameOf} />
      ))}
      <Sheet title="看哪个岗位" open={choosing} onClose={() => setChoosing(false)}>
        <Choice
          label="哪个岗位"
          options={[
            { value: everyRole, words: '全部岗位' },
            ...table.roles.map((each) => ({ value: each.role, words: each.name })),
          ]}
          value={role}
          onChange={(value) => {
            setRole(value);
            setChoosing(false);
          }}
        />
      </Sheet>
    </View>
  );
}

interface GroupProps {
  readonly group: Table['groups'][number];
  readonly role: string;
  readonly nameOf: (role: string) => string;
}

/** What there is to do about one thing, and who may do it; of one post alone, only what that may do. */
function Group({ group, role, nameOf }: GroupProps) {
  const shown = group.permissions.filter(({ roles }) => role === everyRole || roles.includes(role));
  if (shown.length === 0) return null;
  return (
    <Card bare title={group.name}>
      {shown.map(({ permission, name, roles }) => (
        <View key={permission} className="role-table__row">
          <View className="role-table__name">{name}</View>
          {role === everyRole && <View className="role-table__roles">{roles.map(nameOf).join('、')}</View>}
        </View>
      ))}
    </Card>
  );
}
