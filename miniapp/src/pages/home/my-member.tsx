import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { platform } from '../../lib/platform/platform';
import type { Me } from '../../lib/session';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';

/** 我的党员: who is linked to my household; and the number of the town for what cannot wait. */
export function MyMember({ me: { linkedMember, home, town } }: { me: Me }) {
  if (linkedMember === null && home === null && !town?.dutyPhone) return null;
  return (
    <Card bare title={linkedMember ? '我的党员' : '找得到人'}>
      {linkedMember && <Member member={linkedMember} />}
      {home && (
        <Row
          icon="landmark"
          title="我的支部"
          words="支部书记、身边的中心户、谁来过我家"
          onPress={() => void go('myContacts')}
        />
      )}
      {town?.dutyPhone && (
        <Row
          icon="phone"
          title={`${town.name}值班电话`}
          words={town.dutyPhone}
          onPress={() => void platform.callPhone(town.dutyPhone ?? '')}
        />
      )}
    </Card>
  );
}

const Member = ({ member }: { member: NonNullable<Me['linkedMember']> }) => {
  const { name, kindName, away, phone } = member;
  return (
    <View className="member">
      <View className="member__name">{name}</View>
      <View className="member__words">{away ? `${kindName}，联系您家，现在外出` : `${kindName}，联系您家`}</View>
      <View className="member__ways">
        {phone !== null && (
          <Button look="plain" icon="phone" label={`给${name}打电话`} onPress={() => void platform.callPhone(phone)}>
            打电话
          </Button>
        )}
        {!away && (
          <Button
            look="plain"
            icon="hand-helping"
            label={`找${name}帮忙`}
            onPress={() => void go('place', { way: 'direct' })}
          >
            找他帮忙
          </Button>
        )}
      </View>
    </View>
  );
};
