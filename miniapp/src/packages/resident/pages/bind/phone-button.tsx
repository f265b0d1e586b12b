import { Button as WechatButton, View } from '@tarojs/components';
import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Field } from '../../../../ui/field';

/** WeChat's own button gives a code; the number itself goes from WeChat's server to ours. */
export const PhoneButton = () => (process.env.TARO_ENV === 'h5' ? <InBrowser /> : <InWechat />);

function InWechat() {
  const bind = useAct('bindings.phone', undefined);
  const take = ({ detail }: { detail: { code?: string } }) => {
    // Without a code the person has said no: nothing happens, and nothing is held against him.
    if (detail.code) bind.mutate({ code: detail.code });
  };
  return (
    <>
      <ActTrouble error={bind.error} />
      <WechatButton className="bind__wechat" openType="getPhoneNumber" onGetPhoneNumber={take}>
        <View className="button button--main">{bind.isPending ? '请稍等' : '用微信手机号绑定'}</View>
      </WechatButton>
    </>
  );
}

/** A browser has no such button. In the demo one types a number and is given the code as WeChat would. */
function InBrowser() {
  const [phone, setPhone] = useState('');
  const [trouble, setTrouble] = useState<unknown>(null);
  const bind = useAct('bindings.phone', undefined);
  const press = async () => {
    setTrouble(null);
    try {
      const { code } = await call('bindings.demoPhone', { body: { phone } });
      bind.mutate({ code });
    } catch (error) {
      setTrouble(error);
    }
  };
  return (
    <>
      <Field
        label="手机号"
        hint="真正使用时请在微信小程序里点按钮；这里是演示，填一个号码代替。"
        example="11 位手机号"
        kind="number"
        maxLength={11}
        value={phone}
        onChange={setPhone}
      />
      <ActTrouble error={trouble ?? bind.error} />
      <Button look="main" busy={bind.isPending} disabled={phone.length !== 11} onPress={() => void press()}>
        绑定
      </Button>
    </>
  );
}
