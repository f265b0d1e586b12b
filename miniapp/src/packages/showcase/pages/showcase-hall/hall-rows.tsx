import { View } from '@tarojs/components';
import type { Showcase } from '../../../../features/commitments/showcase';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall } from '../../../../lib/use-call';
import { aria } from '../../../../ui/aria';
import { classNames } from '../../../../ui/class-names';
import { deedsWords, markWords, partsOf } from '../../watching/showcase-words';

type Deeds = ReplyFrom<'showcases.deeds'>['items'];

/** So many stand in one column; more take two, and beyond `most` the screen scrolls. */
const oneColumn = 6;
const most = 20;
const onPodium = 3;

const lookOf = (count: number): string => {
  if (count <= oneColumn) return 'hall__rows--few';
  return count <= most ? 'hall__rows--many' : 'hall__rows--crowd';
};

/** The places once they are known, else the contestants in the order of the stage. */
export function HallRows({ showcase }: { showcase: Showcase }) {
  const { id, contestants, results, state } = showcase;
  const deeds = useCall('showcases.deeds', { params: { showcaseId: id } }).data?.items ?? [];
  const rows = Math.ceil(contestants.length / (contestants.length <= oneColumn ? 1 : 2));
  return (
    <View
      className={classNames('hall__rows', lookOf(contestants.length))}
      style={{ gridTemplateRows: `repeat(${rows}, 1fr)` }}
      {...aria({ role: 'list', label: results ? '名次' : '参赛的党组织' })}
    >
      {results
        ? results.map((result) => (
            <HallRow
              key={result.organizationId}
              number={result.place}
              podium={result.place <= onPodium}
              name={result.name}
              words={deedsOf(deeds, result.organizationId)}
              parts={partsOf(result)}
              end={markWords(result.total)}
            />
          ))
        : contestants.map(({ organizationId, name, judges, judgesDue }, index) => (
            <HallRow
              key={organizationId}
              number={index + 1}
              name={name}
              words={deedsOf(deeds, organizationId)}
              end={state === 'scoring' ? `${judges} / ${judgesDue}` : null}
            />
          ))}
    </View>
  );
}

function deedsOf(deeds: Deeds, organizationId: string): string | null {
  const found = deeds.find((each) => each.organizationId === organizationId);
  return found ? deedsWords(found) : null;
}

interface HallRowProps {
  /** The place, or the turn on the stage. */
  readonly number: number;
  /** Among the first; left out: there are no places yet. */
  readonly podium?: boolean;
  readonly name: string;
  readonly words: string | null;
  /** What the total is made of. */
  readonly parts?: readonly string[];
  /** The total; while scoring goes on how many judges have scored it. */
  readonly end: string | null;
}

const HallRow = ({ number, podium, name, words, parts = [], end }: HallRowProps) => (
  <View
    className={classNames('hall-row', podium && 'hall-row--podium', podium === undefined && 'hall-row--turn')}
    {...aria({ role: 'listitem' })}
  >
    <View className="hall-row__number">{number}</View>
    <View className="hall-row__who">
      <View className="hall-row__name">{name}</View>
      {words !== null && <View className="hall-row__words">{words}</View>}
    </View>
    {parts.length > 0 && (
      <View className="hall-row__parts">
        {parts.map((part) => (
          <View key={part}>{part}</View>
        ))}
      </View>
    )}
    {end !== null && <View className="hall-row__end">{end}</View>}
  </View>
);
