import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { dayWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Card } from '../../ui/card';
import { Tag } from '../../ui/tags';
import './correction-card.scss';
import { valueWords } from './correction-words';

export type CorrectionItem = ReplyFrom<'privacy.corrections'>['items'][number];

const colours = { asked: 'open', applied: 'done', refused: 'stopped' } as const;

/** One request: what stands there, what is said to be right, and what came of it. */
export function CorrectionCard({ correction, children }: PropsWithChildren<{ correction: CorrectionItem }>) {
  const now = useNow();
  const shown = (value: string | null) => valueWords(correction.field, value, now);
  return (
    <Card>
      <View className="correction-card__head">
        <View className="correction-card__title">{`${correction.fieldName}：${shown(correction.before)} → ${correction.after === null ? '' : shown(correction.after)}`}</View>
        <Tag colour={colours[correction.state]} words={correction.stateName} />
      </View>
      <View className="correction-card__words">
        {`${correction.personName}，${correction.place}，${dayWords(correction.askedAt, now)}`}
      </View>
      {correction.words && <View>{correction.words}</View>}
      {correction.answer && (
        <View className="correction-card__words">{`${correction.decidedBy ?? ''}答复：${correction.answer}`}</View>
      )}
      {children}
    </Card>
  );
}
