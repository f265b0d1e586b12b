import { chinaDate } from '@sandan/shared/china-time';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import type { Showcase } from '../../../../features/commitments/showcase';
import { useLargeType } from '../../../../lib/large-type';
import { goBack } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { useRequireSignIn } from '../../../../lib/use-require-sign-in';
import { dateWords } from '../../../../lib/time-words';
import { aria } from '../../../../ui/aria';
import { Await } from '../../../../ui/await';
import { Boundary } from '../../../../ui/boundary';
import { classNames } from '../../../../ui/class-names';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { StageTag } from '../../../../ui/tags';
import { troubleWords } from '../../../../ui/trouble';
import { useFollowing } from '../../watching/use-following';
import { HallRows } from './hall-rows';
import './index.scss';

/** While something may change, the hall sees it within seconds. */
const pollMs = 4_000;

/**
 * 大屏: for the projector of the hall, read from the last row; on a phone the same in one column. No bars of the app
 * beside it, so it is not a `Page`. Marks are not shown while scoring goes on: the server does not tell them.
 */
export default function ShowcaseHallPage() {
  const { showcaseId = '' } = useRouter().params;
  const large = useLargeType((state) => state.large);
  const query = useCall('showcases.read', { params: { showcaseId } });
  const stage = query.data?.stage;
  useFollowing(query, stage === 'done' || stage === 'stopped' ? null : pollMs);
  const mayStay = useRequireSignIn(false, true);
  return (
    <View className={classNames('sandan hall', large && 'sandan--large')} {...aria({ role: 'main' })}>
      <Boundary>
        {mayStay && (
          <Await query={query}>
            {(showcase) => (
              <>
                <HallHead showcase={showcase} />
                {query.error && <View className="hall__trouble">{`${troubleWords(query.error)}，正在重试`}</View>}
                <HallRows showcase={showcase} />
                <HallFoot showcase={showcase} />
              </>
            )}
          </Await>
        )}
      </Boundary>
    </View>
  );
}

function HallHead({ showcase }: { showcase: Showcase }) {
  const { title, heldOn, stage, stateName, state, progress, results } = showcase;
  const now = useNow();
  return (
    <View className="hall__head">
      <Pressable className="hall__back" label="返回" onPress={() => void goBack()}>
        <Icon name="arrow-left" />
      </Pressable>
      <View className="hall__titles">
        <View className="hall__title" {...aria({ role: 'heading' })}>
          {title}
        </View>
        <View className="hall__when">
          <View>{dateWords(heldOn, now)}</View>
          <StageTag stage={stage} words={stateName} />
          {results === null && <View>{turnWords(state)}</View>}
        </View>
      </View>
      {state === 'scoring' && (
        <View className="hall__progress" {...aria({ role: 'status', live: 'polite' })}>
          <View className="hall__progress-count">{`${progress.done} / ${progress.judges}`}</View>
          <View>位评委评完了</View>
        </View>
      )}
    </View>
  );
}

const turnWords = (state: Showcase['state']): string =>
  state === 'scoring' ? '按上台先后，右边是几位评委评了' : '按上台先后';

/** By what it was judged; and once signed by whom, which nobody changes any more. */
function HallFoot({ showcase: { criteria, residentShare, signedBy, signedAt } }: { showcase: Showcase }) {
  const now = useNow();
  const rules = criteria.map(({ name, weight }) => `${name} ${weight}%`).join(' · ');
  return (
    <View className="hall__foot">
      <View>{`评委按${rules}打分；群众评诺占总分 ${residentShare}%。`}</View>
      {signedBy !== null && signedAt !== null && (
        <View className="hall__signed">{`${signedBy} ${dateWords(chinaDate(Date.parse(signedAt)), now)}签字`}</View>
      )}
    </View>
  );
}
