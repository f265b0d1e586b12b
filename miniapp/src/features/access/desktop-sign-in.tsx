import { Image, View } from '@tarojs/components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem, isPassing } from '../../lib/answer';
import { request, type ReplyFrom } from '../../lib/endpoints';
import { leaveSignIn } from '../../lib/navigation';
import { queries } from '../../lib/query';
import { enterAtDesktop } from '../../lib/session';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import './desktop-sign-in.scss';

type Code = ReplyFrom<'access.askCode'>;
type Ending = 'expired' | 'refused';
type Standing = Exclude<ReplyFrom<'access.exchangeCode'>['state'], 'waiting'>;

const askEveryMs = 2_000;
/** A page left standing asks for a new picture so many times, then waits to be touched. */
const renewals = 5;

/** 电脑登录: a picture for the phone; as soon as somebody confirms there, this browser is in. */
export function DesktopSignIn({ demo = false }: { readonly demo?: boolean }) {
  const [round, setRound] = useState(0);
  const [ended, setEnded] = useState<Ending | null>(null);
  const [left, setLeft] = useState(renewals);
  const renew = () => {
    setEnded(null);
    setRound(round + 1);
  };
  const end = (ending: Ending) => {
    if (ending === 'expired' && left > 0 && document.visibilityState === 'visible') {
      setLeft(left - 1);
      renew();
    } else setEnded(ending);
  };
  const code = useQuery({
    queryKey: ['desktop code', round],
    queryFn: () => request(null, 'access.askCode', { body: {} }),
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <Await query={code} rows={1}>
      {(asked) => (
        <>
          {asked.unattended && <Unattended />}
          <View className="desktop-code">
            <Picture key={asked.secret} code={asked} ended={ended} onEnd={end} onRenew={renew} />
            <Steps phone={demo ? asked.address : null} />
          </View>
        </>
      )}
    </Await>
  );
}

interface PictureProps {
  readonly code: Code;
  readonly ended: Ending | null;
  readonly onEnd: (ending: Ending) => void;
  readonly onRenew: () => void;
}

const endings: Record<Ending, string> = {
  expired: '二维码过期了',
  refused: '没有登录：手机上点了“不是我”，或者数字填错了三次',
};

function Picture({ code, ended, onEnd, onRenew }: PictureProps) {
  const [confirmed, setConfirmed] = useState(false);
  const waiting = ended === null;
  const told = (standing: Standing) => {
    if (standing === 'expired' || standing === 'refused') onEnd(standing);
    else setConfirmed(standing === 'confirmed');
  };
  useEffect(() => {
    if (!waiting) return;
    let asking = false;
    const timer = setInterval(() => {
      if (asking) return;
      asking = true;
      void exchange(code.secret)
        .then((standing) => standing && told(standing))
        .finally(() => (asking = false));
    }, askEveryMs);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- it asks for one code, until that one has ended
  }, [code.secret, waiting]);
  return (
    <View className="desktop-code__picture">
      <Image src={code.image} mode="aspectFit" {...aria({ role: 'img', label: '登录二维码' })} />
      {confirmed && waiting && (
        <View className="desktop-code__over">
          <Digits secret={code.secret} onEnd={onEnd} />
        </View>
      )}
      {ended && (
        <View className="desktop-code__over" {...aria({ role: 'alert', live: 'polite' })}>
          <View>{endings[ended]}</View>
          <Button look="plain" short icon="refresh-cw" onPress={onRenew}>
            换一个
          </Button>
        </View>
      )}
    </View>
  );
}

/** The phone has said yes and shows four digits: whoever sent its owner a picture of this screen does not see them. */
function Digits({ secret, onEnd }: { secret: string; onEnd: (ending: Ending) => void }) {
  const [check, setCheck] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const filled = /^\d{4}$/.test(check) && !busy;
  const send = async () => {
    setBusy(true);
    const standing = await exchange(secret, check).finally(() => setBusy(false));
    if (standing === 'expired' || standing === 'refused') onEnd(standing);
    else if (standing === 'wrongCheck') setError('数字不对，请看着手机再填一次');
    else if (standing === null) setError('没有连上服务器，请再按一次');
  };
  return (
    <View className="desktop-code__digits">
      <Field
        label="填手机上的四位数字"
        kind="number"
        maxLength={4}
        value={check}
        onChange={setCheck}
        onDone={() => void (filled && send())}
        error={error}
      />
      <Button look="main" busy={busy} disabled={!filled} onPress={() => void send()}>
        登录
      </Button>
    </View>
  );
}

/**
 * What has become of it; with the digits, goes on as the person. Null while nobody has said anything, or nobody could be
 * asked.
 */
async function exchange(secret: string, check?: string): Promise<Standing | null> {
  try {
    const body = { secret, ...(check === undefined ? {} : { check }) };
    const { state, signedIn } = await request(null, 'access.exchangeCode', { body });
    if (!signedIn) return state === 'waiting' ? null : state;
    await enterAtDesktop(signedIn.token);
    queries.clear();
    await leaveSignIn();
    return 'confirmed';
  } catch (error) {
    if (isPassing(error)) return null;
    // Used up, forgotten, an account that was closed: a new picture is all there is to do.
    if (error instanceof ApiProblem) return 'expired';
    throw error;
  }
}

const steps = [
  '在手机微信里打开“三单”小程序',
  '到“我的”，点“扫码登录电脑”',
  '核对是您面前的这台电脑，点“确认登录”',
  '把手机上的四位数字填到电脑上',
];

/** `phone`: in the demo, the address that a phone would scan, to be opened in another tab. */
const Steps = ({ phone }: { phone: string | null }) => (
  <View className="desktop-code__steps" {...aria({ role: 'list', label: '怎么登录' })}>
    {steps.map((words, index) => (
      <View key={words} className="desktop-code__step" {...aria({ role: 'listitem' })}>
        <View className="desktop-code__number">{index + 1}</View>
        <View>{words}</View>
      </View>
    ))}
    <View className="desktop-code__note">二维码两分钟换一次，只对这台电脑有效。离开座位久了会自动退出。</View>
    {phone && (
      <View className="desktop-code__phone">
        <Button short look="plain" icon="smartphone" onPress={() => void window.open(phone, '_blank', 'noopener')}>
          另开一页当手机
        </Button>
      </View>
    )}
  </View>
);

/** A fresh installation. */
const Unattended = () => (
  <View className="desktop-code__first">
    这里还没有管理员。请系统维护人员在服务器上运行 npm run admin:create，再用它给的链接登录。
  </View>
);
