import { View } from '@tarojs/components';
import { aria } from './aria';
import { classNames } from './class-names';
import { Pressable } from './pressable';

interface Segment<Value extends string> {
  readonly value: Value;
  readonly words: string;
  /** How many wait there; 99 means 99 or more. */
  readonly count?: number;
}

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** So many share the whole line; more keep their own widths. */
const sharedBy = 3;
const mostCounted = 99;
/** 99+ where the server has stopped counting. */
export const countWords = (count: number): string => (count >= mostCounted ? `${mostCounted}+` : String(count));

/** Which of a few lists is in front. They wrap rather than shrink. */
export const Segments = <Value extends string>({ label, segments, value, onChange }: SegmentsProps<Value>) => (
  <View
    className={classNames('segments', segments.length <= sharedBy && 'segments--shared')}
    {...aria({ role: 'tablist', label })}
  >
    {segments.map((segment) => (
      <Pressable
        key={segment.value}
        className={classNames('segments__one', segment.value === value && 'segments__one--chosen')}
        role="tab"
        selected={segment.value === value}
        onPress={() => onChange(segment.value)}
      >
        <View>{segment.words}</View>
        {segment.count !== undefined && segment.count > 0 && (
          <View className="segments__count">{countWords(segment.count)}</View>
        )}
      </Pressable>
    ))}
  </View>
);
