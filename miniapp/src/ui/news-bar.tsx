import { View } from '@tarojs/components';
import { aria } from './aria';
import { Button } from './button';
import './news-bar.scss';

interface NewsBarProps {
  readonly news: { readonly count: number; readonly show: () => void } | null;
  readonly words: (count: number) => string;
}

/**
 * At a list that is being read: so much is new. Its room is kept, so that nothing moves, and it stands there before there is
 * anything, or a screen reader would not read it out when it comes.
 */
export const NewsBar = ({ news, words }: NewsBarProps) => (
  <View className="news-bar" {...aria({ role: 'status', live: 'polite' })}>
    {news && (
      <View className="news-bar__pill">
        <Button short onPress={news.show}>
          {words(news.count)}
        </Button>
      </View>
    )}
  </View>
);
