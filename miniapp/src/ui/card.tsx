import { View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import { classNames } from './class-names';

interface CardProps {
  /** A heading above the card, as on a notice board. */
  readonly title?: string;
  /** Something small beside the heading: 全部. */
  readonly aside?: ReactNode;
  /** Rows that draw their own edges: no padding. */
  readonly bare?: boolean;
}

export const Card = ({ title, aside, bare, children }: PropsWithChildren<CardProps>) => (
  <View className="card-block">
    {title && (
      <View className="card-block__head">
        <View className="card-block__title">{title}</View>
        {aside}
      </View>
    )}
    <View className={classNames('card', bare && 'card--bare')}>{children}</View>
  </View>
);
