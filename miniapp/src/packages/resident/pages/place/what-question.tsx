import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { iconOf } from '../../../../features/orders/category-pictures';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { TextArea } from '../../../../ui/field';
import { PhotosField } from '../../../../ui/photos-field';
import { Row } from '../../../../ui/row';
import type { QuestionProps } from './place-form';
import { VoiceBox } from './voice-box';

/** 什么事: the kind is chosen already; words, voice or photos, whichever is easiest. */
export function WhatQuestion({ fields, asked: { category }, missing, onChange, onListening }: QuestionProps) {
  return (
    <Card bare title="什么事">
      <Row
        icon={iconOf(category)}
        title={category.name}
        words={`一般 ${category.limitWords}办好`}
        end={
          <Button short look="text" label="换一件事" onPress={() => onChange({ categoryId: null })}>
            换一个
          </Button>
        }
      />
      <View className="place__inside">
        <TextArea
          label="说说要帮什么忙"
          value={fields.words}
          error={missing.words}
          maxLength={orderLimits.words}
          example="一句话就行"
          onChange={(words) => onChange({ words })}
        />
        <VoiceBox voice={fields.voice} onChange={(voice) => onChange({ voice })} onListening={onListening} />
        <PhotosField
          photoIds={fields.photoIds}
          max={orderLimits.photos}
          onChange={(photoIds) => onChange({ photoIds })}
        />
      </View>
    </Card>
  );
}
