import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { NotAllowed } from '../../../../lib/platform/device';
import { reasonOf } from '../../../../lib/platform/refusal-reason';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Field } from '../../../../ui/field';
import { WechatButton } from '../../../../ui/wechat-button';

/** WeChat's own button gives a code; the number itself goes from WeChat's server to ours. */
export const PhoneButton = () => (process.env.TARO_ENV === 'h5' ? <InBrowser /> : <InWechat />);

/** What WeChat says beside a code; without one nothing happens, and a no is held against nobody. */
interface PhoneAnswer {
  readonly code?: string;
  readonly errMsg?: string;
  readonly errno?: number;
}

/** 1400001: the account has no numbers left to ask for (wechat.md §4). */
const noneLeft = 1400001;
const otherWays = '请用下面别的办法绑定';

function troubleOf({ errno, errMsg = '' }: PhoneAnswer): string | null {
  if (errno === noneLeft) return `微信手机号今天用不了了，${otherWays}`;
  const reason = reasonOf({ errMsg, ...(errno === undefined ? {} : { errno }) });
  if (reason === 'account') return `这里暂时不能用微信手机号，${otherWays}`;
  return reason === 'privacy' ? `您没有同意用手机号，不要紧，${otherWays}；想用的话，过十秒再点一次` : null;
}

function InWechat() {
  const bind = useAct('bindings.phone', undefined);
  const [trouble, setTrouble] = useState<string | null>(null);
  const take = ({ detail }: { detail: PhoneAnswer }) => {
    setTrouble(detail.code ? null : troubleOf(detail));
    if (detail.code) bind.mutate({ code: detail.code });
  };
  return (
    <>
      <ActTrouble error={trouble === null ? bind.error : new NotAllowed(trouble)} />
      {/* Not joined with the consent of the privacy guide: that has a question of its own, with the guide beside it. */}
      <WechatButton opens="getPhoneNumber" look="main" busy={bind.isPending} onGetPhoneNumber={take}>
        {bind.isPending ? '请稍等' : '用微信手机号绑定'}
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
