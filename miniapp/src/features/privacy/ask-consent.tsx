import { View } from '@tarojs/components';
import { consentPurposes } from '@sandan/shared/privacy/privacy.words';
import { create } from 'zustand';
import { go } from '../../lib/navigation';
import { useAct, useCall } from '../../lib/use-call';
import { Button } from '../../ui/button';
import { Sheet } from '../../ui/sheet';
import { toast } from '../../ui/toast';
import { troubleWords } from '../../ui/trouble';
import './ask-consent.scss';

/** Put off until the app is opened again; a no is kept by the server and not asked again. */
const useLater = create<{ later: boolean }>(() => ({ later: false }));

/** On first use, and after the notice has changed: 同意 and 不同意 weigh the same (个人信息保护法 14, 16 条). */
export function AskConsent() {
  const consents = useCall('privacy.consents', { query: {} }).data;
  const later = useLater(({ later: put }) => put);
  const say = useAct('privacy.consent', undefined);
  if (!consents?.toAsk || consents.version === null || later) return null;
  const putOff = () => useLater.setState({ later: true });
  const { version, changed, guardianNeeded } = consents;
  const answer = (basic: boolean) =>
    say.mutate(
      { version, answers: { basic } },
      {
        onSuccess: () => toast(basic ? '好的，可以点单了' : '好的，公开的内容您照样看'),
        onError: (error) => toast(troubleWords(error)),
      },
    );
  const read = () => {
    putOff();
    void go('consents');
  };
  if (guardianNeeded) {
    return (
      <Sheet title="请让监护人来同意" open onClose={putOff}>
        <View className="ask-consent">
          您未满 14 岁，要由同住的大人用自己的手机登录，在“我的 - 隐私与数据”里替您同意。遇到危险，现在就可以报紧急单。
        </View>
      </Sheet>
    );
  }
  return (
    <Sheet
      title={changed === null ? '您的信息怎么用' : '“您的信息怎么用”有更新'}
      open
      onClose={putOff}
      foot={
        <View className="ask-consent__answers">
          <Button look="main" busy={say.isPending} onPress={() => answer(true)}>
            同意
          </Button>
          <Button look="plain" busy={say.isPending} onPress={() => answer(false)}>
            不同意
          </Button>
        </View>
      }
    >
      {changed !== null && <View className="ask-consent">{`改了什么：${changed}`}</View>}
      <View className="ask-consent">{consentPurposes.basic.words}</View>
      <View className="ask-consent">
        完整的姓名和电话只有正在办您这件事的人能看，每次都有记录。您可以随时撤回、导出、更正、注销。
      </View>
      <View className="ask-consent">{consentPurposes.basic.without}</View>
      <Button look="text" onPress={read}>
        看完整的说明
      </Button>
    </Sheet>
  );
}
