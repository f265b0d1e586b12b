import { View } from '@tarojs/components';
import { aria } from './aria';
import { Button } from './button';
import './news-bar.scss';

/** Over a list that is being read: there is something new at its top. Takes no room, so that nothing moves. */
export const NewsBar = ({ onPress }: { onPress: () => void }) => (
  <View className="news-bar" {...aria({ role: 'status', live: 'polite' })}>
    <View className="news-bar__pill">
      <Button short onPress={onPress}>
        有新单，点这里看
      </Button>
    </View>
  </View>
);
