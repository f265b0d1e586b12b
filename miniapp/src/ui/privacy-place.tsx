import { View } from '@tarojs/components';
import { useEffect } from 'react';
import type { PrivacyRules } from '../lib/platform/device';
import { platform } from '../lib/platform/platform';
import { answerPrivacy, purposeOf, usePrivacyAsked } from '../lib/privacy-asked';
import { Button } from './button';
import { Sheet } from './sheet';
import { WechatButton } from './wechat-button';

/** 隐私授权: comes up over whatever page is in front when WeChat wants to know (wechat.md §10.1). Drawn by `Page`. */
export const PrivacyPlace = () => platform.privacy && <Asking rules={platform.privacy} />;

function Asking({ rules }: { rules: PrivacyRules }) {
  const waiting = usePrivacyAsked((state) => state.waiting);
  useEffect(() => waiting.forEach((asked) => asked.shown()), [waiting]);
  const [first] = waiting;
  if (!first) return null;
  const { what, why } = purposeOf(first.use);
  const disagree = () => answerPrivacy('disagree');
  return (
    <Sheet
      title="要用到您的信息"
      open
      onClose={disagree}
      foot={
        <View className="privacy-answers">
          <WechatButton
            id={rules.buttonId}
            opens="agreePrivacyAuthorization"
            look="main"
            onAgreePrivacyAuthorization={() => answerPrivacy('agree')}
          >
            同意
          </WechatButton>
          <Button look="plain" onPress={disagree}>
            不同意
          </Button>
        </View>
      }
    >
      <View className="privacy-words">{`您刚才点的，要${what}。`}</View>
      <View className="privacy-words">{`为了什么：${why}。不做别的用。`}</View>
      <View className="privacy-words">不同意也不要紧：这一样先不用，别的都照常。</View>
      <Button look="text" onPress={rules.openGuide}>
        看《用户隐私保护指引》
      </Button>
    </Sheet>
  );
}
