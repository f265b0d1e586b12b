import { Image, View } from '@tarojs/components';
import { serverAddress } from '../../lib/transport';
import { Icon } from '../../ui/icon';
import type { PhotoLink } from '../../ui/photos';
import './face.scss';

/** 头像, or the sign of a person where there is none. Decoration: the name stands beside it. */
export const Face = ({ picture }: { picture: PhotoLink | null }) => (
  <View className="face">
    {picture ? (
      <Image className="face__picture" src={serverAddress(picture.thumb)} mode="aspectFill" />
    ) : (
      <Icon name="user-round" />
    )}
  </View>
);
