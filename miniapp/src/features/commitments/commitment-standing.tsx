import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import { go } from '../../lib/navigation';
import { dateWords, isOverdue, whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Card } from '../../ui/card';
import { Icon } from '../../ui/icon';
import { Pressable } from '../../ui/pressable';
import { StageTag, Tag } from '../../ui/tags';
import type { Commitment } from './commitment';
import { HowFar } from './commitment-card';
import { isPublic, promiserWords } from './commitment-words';

/** The first card: what it is, whose, how far, until when, what happens now. */
export function CommitmentStanding({ commitment }: { commitment: Commitment }) {
  const now = useNow();
  const { title, stage, stateName, kindName, year, partly, carriesOver } = commitment;
  const next = nextWords(commitment, now);
  return (
    <Card>
      <View className="commitment-standing__title">{title}</View>
      <View className="commitment-standing__tags">
        <StageTag stage={stage} words={stateName} />
        {partly && <Tag colour="open" words="比说好的少" />}
        {carriesOver && <Tag colour="stopped" words="结转下年" />}
      </View>
      <Promiser commitment={commitment} />
      <View className="commitment-standing__kind">{`${year} 年 · ${kindName}`}</View>
      <HowFar commitment={commitment} />
      {next !== null && <View className="commitment-standing__next">{next}</View>}
      <Rated commitment={commitment} />
    </Card>
  );
}

/** Whose it is; a touch shows the member's card, or what the organisation has promised besides. */
function Promiser({ commitment }: { commitment: Commitment }) {
  const { person, organization } = commitment;
  const words = promiserWords(commitment);
  if (!isPublic(commitment)) return <View className="commitment-standing__who">{words}</View>;
  const open = () =>
    person === null
      ? go('commitments', { organizationId: organization.id })
      : go('memberCard', { personId: person.personId });
  return (
    <Pressable
      className="commitment-standing__who commitment-standing__who--link"
      label={person === null ? `看${organization.name}的承诺` : `看${person.name}的党员名片`}
      onPress={() => void open()}
    >
      <View>{words}</View>
      <Icon name="chevron-right" />
    </Pressable>
  );
}

/** What is waited for now, in one sentence; null where nothing is. */
function nextWords({ state, deadline, opinionsUntil, allows }: Commitment, now: number): string | null {
  switch (state) {
    case 'draft':
      return '还没有报审，只有自己和支部看得到。';
    case 'submitted':
      return '报上去了，等书记审。';
    case 'approved':
      return '审过了，等着向大家公示。';
    case 'published':
      return opinionsUntil !== null && !isOverdue(opinionsUntil, now)
        ? `公示到${whenWords(opinionsUntil, now)}${allows.includes('opine') ? '，有意见可以提' : ''}。`
        : `要在${dateWords(deadline, now)}前办成。`;
    case 'delivered':
      return allows.includes('rate') ? '说办成了，等上级验收。您也评一评。' : '说办成了，等上级验收。';
    case 'disputed':
      return '有人说没办好，上级正在核实。';
    default:
      return null;
  }
}

/** Stars are told from five raters on; until then only how many have rated. */
function Rated({ commitment: { rating } }: { commitment: Commitment }) {
  const parts = [
    rating.mine === null ? null : `您给了 ${rating.mine} 颗星`,
    rating.stars === null && rating.raters > 0
      ? `${rating.raters} 人评过，满 ${commitmentLimits.ratersShown} 人显示平均分`
      : null,
  ].filter((words) => words !== null);
  if (parts.length === 0) return null;
  return <View className="commitment-standing__rated">{parts.join('；')}</View>;
}
