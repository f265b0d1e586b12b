import { View } from '@tarojs/components';
import { noPhotoReasons, orderLimits, type NoPhotoReason } from '@sandan/shared/orders/order.words';
import { Choice, optionsOf } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import { PhotoGrid } from '../../ui/photo-grid';
import { PhotoRow, type PhotoLink } from '../../ui/photos';
import './evidence-field.scss';

interface EvidenceFieldProps {
  /** Is there something to be seen? Then a photo, or a reason for none. */
  readonly asked: boolean;
  /** How it looked before, to be set beside. */
  readonly before?: readonly PhotoLink[];
  readonly photoIds: readonly string[];
  readonly noPhotoReason: NoPhotoReason | null;
  readonly error?: string;
  readonly onPhotos: (photoIds: string[]) => void;
  readonly onReason: (reason: NoPhotoReason) => void;
}

/** Photo by duty only where the thing itself can be seen; a reason instead is always allowed. */
export function EvidenceField({ asked, before = [], photoIds, noPhotoReason, error, ...changes }: EvidenceFieldProps) {
  const { onPhotos, onReason } = changes;
  return (
    <>
      {before.length > 0 && (
        <Labelled label="办之前的样子">
          <PhotoRow photos={before} />
        </Labelled>
      )}
      <Labelled
        label="办完后的照片"
        hint={asked ? '拍一张办完的样子，最好和办之前同一个角度。' : '可以不拍'}
        error={photoIds.length === 0 ? error : undefined}
      >
        <PhotoGrid photoIds={photoIds} max={orderLimits.photos} onChange={onPhotos} />
      </Labelled>
      {asked && photoIds.length === 0 && (
        <View className="evidence__reason">
          <View className="evidence__or">不方便拍？选一个原因：</View>
          <Choice label="不拍照的原因" options={optionsOf(noPhotoReasons)} value={noPhotoReason} onChange={onReason} />
        </View>
      )}
    </>
  );
}
