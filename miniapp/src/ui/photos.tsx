import { Image, View } from '@tarojs/components';
import { platform } from '../lib/platform/platform';
import { serverAddress } from '../lib/transport';
import { heldWords } from './held-words';
import { Pressable } from './pressable';

/** A photo on the server, by signed addresses that expire. */
export interface PhotoLink {
  readonly id: string;
  readonly thumb: string;
  readonly full: string;
  /** 内容检查: others do not see it yet. */
  readonly held?: boolean | undefined;
  /** A person has hidden it from them. */
  readonly hidden?: boolean | undefined;
}

interface PhotoProps {
  readonly photo: PhotoLink;
  readonly label: string;
  /** The photos one may leaf through from here. */
  readonly among?: readonly PhotoLink[];
}

export const Photo = ({ photo, label, among = [photo] }: PhotoProps) => (
  <Pressable
    className="photo"
    label={`${label}，点开看大图`}
    onPress={() =>
      platform.previewPhotos(
        among.map((each) => serverAddress(each.full)),
        serverAddress(photo.full),
      )
    }
  >
    <Image className="photo__image" src={serverAddress(photo.thumb)} mode="aspectFill" lazyLoad />
  </Pressable>
);

/** Small photos in a row; nothing where there are none. */
export function PhotoRow({ photos }: { photos: readonly PhotoLink[] }) {
  if (photos.length === 0) return null;
  const hidden = photos.filter((photo) => photo.hidden).length;
  const waiting = photos.filter((photo) => photo.held).length - hidden;
  return (
    <>
      <View className="photo-row">
        {photos.map((photo, index) => (
          <Photo key={photo.id} photo={photo} label={`照片 ${index + 1}`} among={photos} />
        ))}
      </View>
      {waiting > 0 && <View className="photo-row__held">{`有 ${waiting} 张照片${heldWords()}`}</View>}
      {hidden > 0 && <View className="photo-row__held">{`有 ${hidden} 张照片${heldWords(true)}`}</View>}
    </>
  );
}

/** 办之前 beside 办完后: what the work has changed. Where one was not taken the other has the room. */
export const PhotoPair = ({ before, after }: { before: PhotoLink | null; after: PhotoLink | null }) => (
  <View className="photo-pair">
    {before && <PhotoHalf photo={before} words="办之前" />}
    {after && <PhotoHalf photo={after} words="办完后" />}
  </View>
);

const PhotoHalf = ({ photo, words }: { photo: PhotoLink; words: string }) => (
  <View className="photo-pair__half">
    <Photo photo={photo} label={words} />
    <View className="photo-pair__words">{words}</View>
  </View>
);
