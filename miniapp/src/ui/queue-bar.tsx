import { View } from '@tarojs/components';
import { jobWords, type Job } from '../lib/send-queue';
import { sendAgain, takeBack, takeOutOfQueue, useSendQueue, wakeQueue } from '../lib/send-queue-runner';
import { useSession } from '../lib/session';
import { aria } from './aria';
import { Button } from './button';
import { confirm } from './dialog';
import { Icon, type IconName } from './icon';
import { toast } from './toast';

const icons: Record<Job['state'], IconName> = { waiting: 'cloud-off', sent: 'check', refused: 'circle-alert' };

/** What was said here and has not arrived: visible on every page until it has, or until the person decides. */
export function QueueBar() {
  const { jobs, sending } = useSendQueue();
  const personId = useSession((session) => session.kept?.me.personId);
  const mine = jobs.filter((job) => job.personId === personId);
  if (mine.length === 0) return null;
  const gathered = gatheredStates.map((state) => ({ state, jobs: mine.filter((job) => job.state === state) }));
  const many = gathered.filter(({ jobs: some }) => some.length > mostApart);
  const apart = mine.filter(({ state }) => !many.some((each) => each.state === state));
  return (
    <View className="queue-bar" {...aria({ role: 'status', live: 'polite', label: '等待发出的单子' })}>
      {many.map(({ state, jobs: some }) => (
        <Gathered key={state} state={state} jobs={some} busy={sending !== null} />
      ))}
      {apart.map((job) => {
        const underWay = sending?.step.job.id === job.id;
        return (
          <View key={job.id} className={`queue-bar__job queue-bar__job--${job.state}`}>
            <Icon
              name={underWay ? 'loader-circle' : icons[job.state]}
              className={underWay ? 'button__busy' : undefined}
            />
            <View className="queue-bar__text">{`${job.title}：${jobWords(job, sending?.step ?? null)}`}</View>
            {!underWay && <JobActions job={job} />}
          </View>
        );
      })}
    </View>
  );
}

/** Whoever goes to thirty doors without a network has thirty waiting: one line for all, or nothing else would be in sight. */
const mostApart = 2;
/** What was refused is looked at one by one. */
const gatheredStates = ['waiting', 'sent'] as const;

interface GatheredProps {
  readonly state: (typeof gatheredStates)[number];
  readonly jobs: readonly Job[];
  readonly busy: boolean;
}

function Gathered({ state, jobs, busy }: GatheredProps) {
  const isWaiting = state === 'waiting';
  const words = isWaiting ? `${jobs.length} 件等网络好了自动发出` : `${jobs.length} 件发出去了`;
  const see = () => jobs.forEach(({ id }) => takeOutOfQueue(id));
  return (
    <View className={`queue-bar__job queue-bar__job--${state}`}>
      <Icon name={isWaiting && busy ? 'loader-circle' : icons[state]} />
      <View className="queue-bar__text">{words}</View>
      <Button short look="text" onPress={isWaiting ? wakeQueue : see}>
        {isWaiting ? '现在发' : '知道了'}
      </Button>
    </View>
  );
}

function JobActions({ job }: { job: Job }) {
  if (job.state === 'sent')
    return (
      <Button short look="text" onPress={() => takeOutOfQueue(job.id)}>
        知道了
      </Button>
    );
  if (job.state === 'waiting')
    return (
      <Button short look="text" onPress={wakeQueue}>
        现在发
      </Button>
    );
  return (
    <Button short look="text" onPress={() => void mend(job)}>
      怎么办
    </Button>
  );
}

async function mend(job: Job): Promise<void> {
  const back = await confirm({
    title: job.refusal?.title ?? '没有发出去',
    words: '可以拿回来改一改，或原样再发一次。',
    yes: '拿回来改',
    no: '再发一次',
  });
  if (!back) return sendAgain(job.id);
  if (!takeBack(job)) return toast('手上还有一张没写完的单子，先把它发出去');
  toast('已经放回原来的表里');
}
