import { View } from '@tarojs/components';
import { NotAllowed } from '../lib/platform/device';
import { ApiProblem, Offline } from '../lib/answer';
import { canGoBack, goBack } from '../lib/navigation';
import { Button } from './button';
import { Icon, type IconName } from './icon';

interface PlacardProps {
  readonly icon: IconName;
  readonly title: string;
  readonly words?: string;
  readonly action?: { readonly words: string; readonly onPress: () => void };
}

/** In place of a list or page: why there is nothing, and what to do next. */
export const Placard = ({ icon, title, words, action }: PlacardProps) => (
  <View className="placard">
    <Icon name={icon} className="placard__icon" />
    <View className="placard__title">{title}</View>
    {words && <View className="placard__words">{words}</View>}
    {action && (
      <View className="placard__action">
        <Button look="plain" onPress={action.onPress}>
          {action.words}
        </Button>
      </View>
    )}
  </View>
);

/** What went wrong, in a sentence for the person. */
export function troubleWords(error: unknown): string {
  if (error instanceof ApiProblem || error instanceof Offline || error instanceof NotAllowed) return error.title;
  return '出了点问题，请再试一次';
}

/** Another's, gone, or never there: asking once more gets the same answer. */
const finalStatus = [403, 404, 410];
const isFinal = (error: unknown): boolean => error instanceof ApiProblem && finalStatus.includes(error.status);

/** Something could not be read: says why, and offers it once more, or the way out where that is of no use. */
export const Trouble = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => (
  <Placard
    icon={error instanceof Offline ? 'cloud-off' : 'circle-alert'}
    title={troubleWords(error)}
    words={error instanceof Offline ? '写好的内容都留着，信号好了再试' : undefined}
    action={
      isFinal(error)
        ? { words: canGoBack() ? '返回' : '回首页', onPress: () => void goBack() }
        : { words: '再试一次', onPress: onRetry }
    }
  />
);
