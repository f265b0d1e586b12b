import { View } from '@tarojs/components';
import { useState } from 'react';
import { go } from '../../lib/navigation';
import { useMe } from '../../lib/session';
import { agoWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { Tag } from '../../ui/tags';
import { CareRow } from './care-row';
import { DoorCode } from './door-code';
import { DoorSheet } from './door-sheet';
import { EventSheet } from './event-sheet';
import { FamilyCard } from './family-card';
import { FlagsCard } from './flags-card';
import type { Household, Member } from './household';
import { HubSheet } from './hub-sheet';
import { MemberSheet } from './member-sheet';
import { MoveInSheet } from './move-in-sheet';
import { ProxyRow, ProxySheet } from './proxies';
import { RevealSheet } from './reveal-sheet';
import './households.scss';

type Open =
  | { readonly sheet: 'event' | 'newMember' | 'doorCode' | 'door' | 'hub' | 'moveIn' }
  | { readonly sheet: 'reveal' | 'member' | 'proxy'; readonly member: Member };

/** 一户: who lives there, what is to be known of it, who acts for it. The server says what this reader may do. */
export function HouseholdView({ household }: { household: Household }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const may = (what: Household['allows'][number]) => household.allows.includes(what);
  return (
    <>
      {household.people.some(({ isMe }) => isMe) && <FamilyCard />}
      <Head household={household} />
      <Card bare title="家里人">
        {household.people.map((member) => (
          <MemberRow key={member.personId} member={member} may={may} onOpen={(sheet) => setOpen({ sheet, member })} />
        ))}
        {may('events') && <Row icon="plus" title="迁入一位" onPress={() => setOpen({ sheet: 'moveIn' })} />}
        {may('members') && (
          <Row
            icon="plus"
            title={household.people.length === 0 ? '登记户主' : '登记一位家人'}
            onPress={() => setOpen({ sheet: 'newMember' })}
          />
        )}
      </Card>
      {household.flags && <FlagsCard household={household} />}
      <Acting household={household} />
      <Happened household={household} />
      <View className="households__acts">
        {may('events') && <Button onPress={() => setOpen({ sheet: 'event' })}>家里有变化</Button>}
        {may('change') && <Button onPress={() => setOpen({ sheet: 'door' })}>改门牌、换组</Button>}
        {may('hub') && household.people.length > 0 && (
          <Button onPress={() => setOpen({ sheet: 'hub' })}>{household.isHub ? '中心户的人' : '设为中心户'}</Button>
        )}
        {may('doorCode') && <Button onPress={() => setOpen({ sheet: 'doorCode' })}>门牌码</Button>}
      </View>
      {open?.sheet === 'event' && <EventSheet household={household} onClose={close} />}
      {open?.sheet === 'newMember' && <MemberSheet household={household} member={null} onClose={close} />}
      {open?.sheet === 'door' && <DoorSheet household={household} onClose={close} />}
      {open?.sheet === 'hub' && <HubSheet household={household} onClose={close} />}
      {open?.sheet === 'moveIn' && <MoveInSheet household={household} onClose={close} />}
      {open?.sheet === 'doorCode' && <DoorCode householdId={household.householdId} onClose={close} />}
      {open?.sheet === 'member' && <MemberSheet household={household} member={open.member} onClose={close} />}
      {open?.sheet === 'reveal' && <RevealSheet household={household} member={open.member} onClose={close} />}
      {open?.sheet === 'proxy' && <ProxySheet member={open.member} onClose={close} />}
    </>
  );
}

const Head = ({ household }: { household: Household }) => (
  <Card bare>
    <Row
      icon="house"
      title={`${household.place} ${household.door ?? ''}`}
      words={household.code === null ? null : `户号 ${household.code}`}
      end={household.isHub ? <Tag colour="done" words="中心户" /> : undefined}
    />
    {household.hubKeeper && <Row icon="users-round" title={household.hubKeeper} words="在中心户接待邻居" />}
    {household.linkedMember && <Row icon="hand-heart" title={household.linkedMember.name} words="这一户的联系党员" />}
    {household.closedAt !== null && <Row icon="circle-alert" title="已经销户" />}
  </Card>
);

interface MemberRowProps {
  readonly member: Member;
  readonly may: (what: Household['allows'][number]) => boolean;
  readonly onOpen: (sheet: 'reveal' | 'member' | 'proxy') => void;
}

function MemberRow({ member, may, onOpen }: MemberRowProps) {
  const guardian = member.guardianName && `监护人${member.guardianName}`;
  const facts = [member.relationName, member.residenceName, member.age, member.phone ?? '没有登记手机', guardian];
  const me = useMe();
  // Others' names are masked; one knows one's own.
  const name = member.isMe ? `${me?.name ?? member.name}（您）` : member.name;
  return (
    <Row title={name} words={facts.filter(Boolean).join(' · ')}>
      {(may('reveal') || may('members') || may('erase')) && (
        <View className="households__acts">
          {may('reveal') && (
            <Button short label={`看${member.name}的号码`} onPress={() => onOpen('reveal')}>
              显示号码
            </Button>
          )}
          {may('members') && (
            <Button short look="text" label={`更正${member.name}`} onPress={() => onOpen('member')}>
              更正
            </Button>
          )}
          {may('proxy') && !member.isBound && (
            <Button short look="text" label={`${member.name}请人代办`} onPress={() => onOpen('proxy')}>
              请我代办
            </Button>
          )}
          {may('erase') && !member.isMe && (
            <Button
              short
              look="text"
              label={`${member.name}的账号和注销`}
              onPress={() => void go('officeHolder', { personId: member.personId })}
            >
              账号和注销
            </Button>
          )}
        </View>
      )}
    </Row>
  );
}

/** 照看, 代办, and every order that somebody else placed for this house. */
function Acting({ household: { carers, proxies, orderedForUs } }: { household: Household }) {
  const now = useNow();
  if (carers.length + proxies.length + orderedForUs.length === 0) return null;
  return (
    <Card bare title="谁在帮家里">
      {carers.map((care) => (
        <CareRow key={care.careId} care={care} />
      ))}
      {proxies.map((proxy) => (
        <ProxyRow key={proxy.proxyId} proxy={proxy} />
      ))}
      {orderedForUs.map(({ orderId, title, by, at }) => (
        <Row
          key={orderId}
          icon="clipboard-list"
          title={title}
          words={`${by}替家里点的 · ${agoWords(at, now)}`}
          onPress={() => void go('order', { orderId })}
        />
      ))}
    </Card>
  );
}

function Happened({ household: { events } }: { household: Household }) {
  if (events.length === 0) return null;
  return (
    <Card bare title="家里的变化">
      {events.map(({ kindName, on, name }, place) => (
        <Row
          key={`${on}.${place}`}
          icon="calendar-days"
          title={kindName}
          words={[name, on].filter(Boolean).join(' · ')}
        />
      ))}
    </Card>
  );
}
