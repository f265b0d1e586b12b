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
  return (
    <View className="queue-bar" {...aria({ role: 'status', live: 'polite', label: '等待发出的单子' })}>
      {mine.map((job) => {
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
