import { View } from '@tarojs/components';
import { canGoBack, goBack } from '../lib/navigation';
import { useMe } from '../lib/session';
import { aria } from './aria';
import { Icon } from './icon';
import { Pressable } from './pressable';

/** The bar that WeChat draws by itself and a browser does not. */
export const TitleBar = ({ title, tab }: { title: string; tab: boolean }) => (
  <View className="title-bar">
    {!tab && <BackButton />}
    <View className="title-bar__title" {...aria({ role: 'heading' })} aria-level={1}>
      {title}
    </View>
  </View>
);

function BackButton() {
  const signedIn = useMe() !== null;
  const back = canGoBack();
  if (!back && !signedIn) return null;
  return (
    <Pressable className="title-bar__back" label={back ? '返回' : '回首页'} onPress={() => void goBack()}>
      <Icon name={back ? 'arrow-left' : 'house'} />
    </Pressable>
  );
}
