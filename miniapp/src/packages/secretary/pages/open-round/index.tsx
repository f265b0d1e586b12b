import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { OpenRoundForm } from './open-round-form';

export type NextRound = NonNullable<ReplyFrom<'rounds.list'>['next']>;

/** 设立承诺年度: as the last one was, unless it is changed here. */
export default function OpenRoundPage() {
  const rounds = useCall('rounds.list');
  const next = rounds.data?.next;
  if (next) return <OpenRoundForm next={next} />;
  return (
    <Page title="设立承诺年度">
      <Await query={rounds}>
        {() => <Placard icon="handshake" title="现在不用设立" words="下一年的已经设立好了，或者不由您来设立。" />}
      </Await>
    </Page>
  );
}
