import { View } from '@tarojs/components';
import { useState } from 'react';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { PeoplePicker } from '../../../../features/people/people-picker';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useMe } from '../../../../lib/session';
import { whenWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';
import type { Activity } from '../../activity-row';

type Attendee = ReplyFrom<'activities.people'>['items'][number];

/** 签到表, for the organiser: in the order in which they signed up, without ranks. */
export function PeopleCard({ activity: { activityId, allows, joined, came } }: { activity: Activity }) {
  const people = useCall('activities.people', { params: { activityId } });
  const mayMark = allows.includes('mark');
  return (
    <Card bare title={joined + came === 0 ? '报名和签到' : `报名 ${joined} 人，签到 ${came} 人`}>
      <Await query={people} rows={2}>
        {({ items }) => (
          <>
            {items.length === 0 && <Row icon="users-round" title="还没有人报名" />}
            {items.map((each) => (
              <PersonRow key={each.personId} activityId={activityId} person={each} mayMark={mayMark} />
            ))}
          </>
        )}
      </Await>
      <View className="activity__acts">
        {mayMark && <Another activityId={activityId} />}
        {allows.includes('export') && <Export activityId={activityId} />}
      </View>
    </Card>
  );
}

interface PersonRowProps {
  readonly activityId: string;
  readonly person: Attendee;
  readonly mayMark: boolean;
}

function PersonRow({ activityId, person, mayMark }: PersonRowProps) {
  const { personId, name, home, walkedIn, cameAt, byHand, minutes } = person;
  const now = useNow();
  const mark = useAct('activities.mark', { activityId });
  const standing = cameAt === null ? absentWords(mayMark) : `${whenWords(cameAt, now)} ${byHand ? '补记' : '签到'}`;
  const words = [walkedIn ? '没报名，直接来的' : null, standing, minutes === null ? null : `${minutes} 分钟`];
  return (
    <Row
      // Names are borne by several: where somebody lives says which one it is.
      title={home === null ? name : `${name}（${home}）`}
      words={words.filter((each) => each !== null).join(' · ')}
    >
      <ActTrouble error={mark.error} />
      {mayMark && (cameAt === null || byHand) && (
        <Button
          short
          look="text"
          busy={mark.isPending}
          label={cameAt === null ? `${name}来了` : `${name}没来，撤回补记`}
          onPress={() => mark.mutate({ personId, came: cameAt === null })}
        >
          {cameAt === null ? '人来了，记一下' : '记错了，撤回'}
        </Button>
      )}
    </Row>
  );
}

/** Days before it begins nobody has failed to come. */
const absentWords = (mayMark: boolean): string => (mayMark ? '没有签到' : '报了名');

/** Whoever came without having signed up, and without a phone. */
function Another({ activityId }: { activityId: string }) {
  const [open, setOpen] = useState(false);
  const mark = useAct('activities.mark', { activityId });
  const mayFind = useMe()?.can.includes('person.find') ?? false;
  if (!mayFind) return null;
  const note = (personId: string) => mark.mutate({ personId, came: true }, { onSuccess: () => setOpen(false) });
  return (
    <>
      <Button icon="plus" onPress={() => setOpen(true)}>
        没带手机的，补记一位
      </Button>
      {open && (
        <Sheet title="谁来了？" open onClose={() => setOpen(false)}>
          <ActTrouble error={mark.error} />
          <PeoplePicker
            wanted={{ purpose: 'proxy' }}
            label="谁来了"
            value={null}
            nobody="这里还没有登记的乡亲"
            onChange={({ personId }) => note(personId)}
          />
        </Sheet>
      )}
    </>
  );
}

function Export({ activityId }: { activityId: string }) {
  const paper = usePaper();
  return (
    <>
      <ActTrouble error={paper.error} />
      <Button
        icon="file-text"
        busy={paper.isPending}
        onPress={() => paper.mutate(() => call('activities.export', { params: { activityId }, body: {} }))}
      >
        导出签到表
      </Button>
    </>
  );
}
