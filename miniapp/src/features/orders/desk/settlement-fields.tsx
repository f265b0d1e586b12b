import { View } from '@tarojs/components';
import { aria } from '../../../ui/aria';
import { Card } from '../../../ui/card';
import { TextArea } from '../../../ui/field';
import type { PhotoLink } from '../../../ui/photos';
import { Switch } from '../../../ui/switch';
import { EvidenceField } from '../evidence-field';
import { OutcomeChips } from '../outcome-choice';
import { photoAsked, type PhotoDuty } from '../photo-duty';
import type { Settlement } from './settlement';
import './settlement-fields.scss';

interface SettlementFieldsProps {
  readonly fields: Settlement;
  readonly photo: PhotoDuty;
  readonly before?: readonly PhotoLink[];
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (some: Partial<Settlement>) => void;
}

/** What came of it, how, what it looks like now, and that the person knows. */
export const SettlementFields = ({ fields, photo, before, errors, change }: SettlementFieldsProps) => (
  <>
    <OutcomeChips
      label="办得怎么样？"
      error={errors['outcome']}
      value={fields.outcome}
      onChange={(outcome) => change({ outcome })}
    />
    <TextArea
      label="怎么办的？"
      example="比如：当场打电话给供水站，已经来水"
      value={fields.words}
      error={errors['words']}
      onChange={(words) => change({ words })}
    />
    <View className="settlement__evidence">
      <EvidenceField
        asked={photoAsked(fields.outcome, photo)}
        before={before}
        photoIds={fields.photoIds}
        noPhotoReason={fields.noPhotoReason}
        error={errors['photoIds'] ?? errors['noPhotoReason']}
        onPhotos={(photoIds) => change({ photoIds })}
        onReason={(noPhotoReason) => change({ noPhotoReason })}
      />
    </View>
    <Card bare>
      <Switch
        title="已经联系过本人"
        words="当面或打电话，本人知道办成什么样"
        on={fields.contacted}
        onChange={(contacted) => change({ contacted })}
      />
    </Card>
    {errors['contacted'] && (
      <View className="field__error" {...aria({ role: 'alert', live: 'polite' })}>
        {errors['contacted']}
      </View>
    )}
  </>
);
