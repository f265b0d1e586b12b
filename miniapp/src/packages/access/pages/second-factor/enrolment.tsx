import { Image, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useAct } from '../../../../lib/use-call';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { CopyButton } from '../../../../ui/copy-button';
import { Field } from '../../../../ui/field';
import { troubleWords } from '../../../../ui/trouble';

type Secret = ReplyFrom<'access.enrol'>;

/** Asks for a new secret; the server may want a code first, which comes up by itself. */
export function useEnrolment() {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const begin = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      setSecret(await call('access.enrol', { body: {} }));
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  return { secret, busy, trouble, begin };
}

interface EnrolmentProps {
  readonly secret: Secret;
  readonly onCodes: (codes: readonly string[]) => void;
}

/** The picture for the authenticator, the same in letters, and the first code back. */
export function Enrolment({ secret, onCodes }: EnrolmentProps) {
  const [code, setCode] = useState('');
  const finish = useAct('access.confirmEnrolment', undefined);
  const ready = /^\d{6}$/.test(code);
  const send = () => finish.mutate({ code }, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) });
  return (
    <>
      <Card title="1. 用手机上的验证器扫这个码">
        <View className="second-factor__scan">
          <View className="second-factor__picture">
            <Image src={secret.image} mode="aspectFit" {...aria({ role: 'img', label: '验证器二维码' })} />
          </View>
          <View className="second-factor__letters">
            <View>验证器是手机上会显示 6 位数字的软件，如微软 Authenticator、谷歌身份验证器。</View>
            <View className="second-factor__hint">扫不了的话，在验证器里选“手动输入”，填这串字母：</View>
            <Text className="second-factor__secret" selectable>
              {secret.secret.match(/.{4}/g)?.join(' ')}
            </Text>
            <View className="second-factor__copy">
              <CopyButton text={secret.secret}>复制这串字母</CopyButton>
            </View>
          </View>
        </View>
      </Card>
      <Card title="2. 填上验证器现在显示的数字">
        <Field
          label="6 位验证码"
          kind="number"
          maxLength={6}
          value={code}
          onChange={setCode}
          onDone={() => ready && send()}
          error={finish.error ? troubleWords(finish.error) : undefined}
        />
      </Card>
      <View className="second-factor__go">
        <Button look="main" busy={finish.isPending} disabled={!ready} onPress={send}>
          完成设置
        </Button>
      </View>
    </>
  );
}
