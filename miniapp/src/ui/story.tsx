import { View } from '@tarojs/components';
import { whenWords } from '../lib/time-words';
import { useNow } from '../lib/use-now';
import { aria } from './aria';
import { heldWords } from './held-words';
import { PhotoRow, type PhotoLink } from './photos';

/** One line of what happened to a thing: an order, a commitment. */
interface Happening {
  readonly id: string;
  readonly at: string;
  /** What was done, as one says it: 接单. */
  readonly name: string;
  readonly actor: { readonly name: string; readonly roleName: string; readonly onBehalfOf: string | null };
  readonly detail: string | null;
  readonly words: string | null;
  /** 内容检查: others do not see the words yet. */
  readonly held?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly photos: readonly PhotoLink[];
}

/** 今天 14:02 / 小李(党员)接单: what happened, newest first, as sentences with words and photos. */
export function Story({ history }: { history: readonly Happening[] }) {
  const now = useNow();
  const newestFirst = [...history].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <View className="story" {...aria({ role: 'list', label: '经过' })}>
      {newestFirst.map((happening) => (
        <View key={happening.id} className="story__item" {...aria({ role: 'listitem' })}>
          <View className="story__when">{whenWords(happening.at, now)}</View>
          <View className="story__what">{sentence(happening)}</View>
          {happening.detail && <View className="story__detail">{happening.detail}</View>}
          {happening.words && <View className="story__words">{happening.words}</View>}
          {happening.words && happening.held && <View className="story__held">{heldWords(happening.hidden)}</View>}
          <PhotoRow photos={happening.photos} />
        </View>
      ))}
    </View>
  );
}

/** 李建国（党员）接单; 赵桂兰（党员中心户）代王奶奶点单; 系统 到期未答复; 一位群众 提意见 */
function sentence({ actor, name }: Happening): string {
  const who = actor.name.endsWith(actor.roleName) ? `${actor.name} ` : `${actor.name}（${actor.roleName}）`;
  return who + (actor.onBehalfOf === null ? name : `代${actor.onBehalfOf}${name}`);
}
