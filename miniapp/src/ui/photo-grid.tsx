import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { newId } from '../lib/ids';
import { platform } from '../lib/platform/platform';
import { useSendQueue } from '../lib/send-queue-runner';
import { useKeptPhotos } from '../lib/use-kept-photos';
import { aria } from './aria';
import { Icon } from './icon';
import { Pressable } from './pressable';
import { troubleWords } from './trouble';

interface PhotoGridProps {
  /** Ids of photos kept on this phone; they are uploaded with what they belong to (`submit`). */
  readonly photoIds: readonly string[];
  readonly onChange: (photoIds: string[]) => void;
  readonly max: number;
  readonly words?: string;
}

/** Photos of a draft: take or choose, look at, remove. Each is kept at once, so nothing is lost when the app is closed. */
export function PhotoGrid({ photoIds, onChange, max, words = '拍照或选照片' }: PhotoGridProps) {
  const [keeping, setKeeping] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const addresses = useKeptPhotos(photoIds);

  const add = async () => {
    setTrouble(null);
    try {
      const chosen = await platform.choosePhotos(max - photoIds.length);
      setKeeping(chosen.length);
      const added: string[] = [];
      for (const address of chosen) {
        const photoId = newId();
        await platform.keepPhoto(photoId, address);
        added.push(photoId);
        onChange([...photoIds, ...added]);
        setKeeping(chosen.length - added.length);
      }
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setKeeping(0);
    }
  };

  const remove = async (photoId: string) => {
    onChange(photoIds.filter((id) => id !== photoId));
    await platform.dropPhoto(photoId);
  };

  return (
    <View>
      <View
        className="photo-grid"
        {...aria({ role: 'group', label: `照片，已有 ${photoIds.length} 张，最多 ${max} 张` })}
      >
        {photoIds.map((photoId, index) => (
          <KeptPhoto
            key={photoId}
            photoId={photoId}
            number={index + 1}
            address={addresses[photoId]}
            among={photoIds.map((id) => addresses[id]).filter((address) => typeof address === 'string')}
            onRemove={() => void remove(photoId)}
          />
        ))}
        {Array.from({ length: keeping }, (_, index) => (
          <View key={index} className="photo-grid__cell photo-grid__cell--keeping" {...aria({ label: '正在处理照片' })}>
            <Icon name="loader-circle" className="button__busy" />
          </View>
        ))}
        {photoIds.length + keeping < max && (
          <Pressable className="photo-grid__cell photo-grid__add" label={words} onPress={() => void add()}>
            <Icon name="camera" />
            <View className="photo-grid__words">{words}</View>
          </Pressable>
        )}
      </View>
      {trouble && (
        <View className="field__error" {...aria({ role: 'alert', live: 'polite' })}>
          {trouble}
        </View>
      )}
    </View>
  );
}

interface KeptPhotoProps {
  readonly photoId: string;
  readonly number: number;
  /** undefined: still looking; null: the phone has lost it. */
  readonly address: string | null | undefined;
  readonly among: readonly string[];
  readonly onRemove: () => void;
}

function KeptPhoto({ photoId, number, address, among, onRemove }: KeptPhotoProps) {
  const percent = usePhotoPercent(photoId);
  return (
    <View className="photo-grid__cell">
      {address ? (
        <Pressable label={`照片 ${number}，点开看大图`} onPress={() => platform.previewPhotos(among, address)}>
          <Image className="photo-grid__image" src={address} mode="aspectFill" />
        </Pressable>
      ) : (
        <View className="photo-grid__gone">{address === null && '照片不见了'}</View>
      )}
      {percent === null ? (
        <Pressable className="photo-grid__remove" label={`删掉照片 ${number}`} onPress={onRemove}>
          <View className="photo-grid__cross">
            <Icon name="x" />
          </View>
        </Pressable>
      ) : (
        <View className="photo-grid__progress">{percent}%</View>
      )}
    </View>
  );
}

/** How much of a photo has been sent; null when it is not being sent. */
const usePhotoPercent = (photoId: string): number | null =>
  useSendQueue(({ sending }) =>
    sending?.step.kind === 'photo' && sending.step.photoId === photoId ? sending.percent : null,
  );
