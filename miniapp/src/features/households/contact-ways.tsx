import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { platform } from '../../lib/platform/platform';
import { Button } from '../../ui/button';
import './contact-ways.scss';

interface ContactWaysProps {
  readonly name: string;
  readonly words: string;
  /** The post's number, or a private one whose owner agreed; null: none is shown. */
  readonly phone: string | null;
}

/** Somebody whom one may find: who he is, one touch to ring him, and what else there is. */
export const ContactWays = ({ name, words, phone, children }: PropsWithChildren<ContactWaysProps>) => (
  <View className="contact">
    <View className="contact__name">{name}</View>
    <View className="contact__words">{words}</View>
    <View className="contact__ways">
      {phone !== null && (
        <Button look="plain" icon="phone" label={`给${name}打电话`} onPress={() => void platform.callPhone(phone)}>
          打电话
        </Button>
      )}
      {children}
    </View>
  </View>
);
