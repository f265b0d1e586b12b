import { View } from '@tarojs/components';
import { useState } from 'react';
import { isPassing } from '../lib/answer';
import { call } from '../lib/client';
import { useSecondFactorAsked } from '../lib/second-factor';
import { Button } from './button';
import { Field } from './field';
import { Sheet } from './sheet';
import { troubleWords } from './trouble';

/** 二次验证: comes up over the page when the server wants it, and what was pressed goes on by itself. Drawn by `Page`. */
export function SecondFactorPlace() {
  const asked = useSecondFactorAsked((state) => state.asked);
  return asked && <CodeSheet onAnswer={asked.answer} />;
}

function CodeSheet({ onAnswer }: { onAnswer: (shown: boolean) => void }) {
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const show = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await call('access.showSecondFactor', { body: { code: code.trim() } });
      onAnswer(true);
    } catch (error) {
      setTrouble(troubleWords(error));
      if (!isPassing(error)) setCode('');
    } finally {
      setBusy(false);
    }
  };
  const swap = () => {
    setRecovery(!recovery);
    setCode('');
    setTrouble(undefined);
  };
  const ready = recovery ? code.replace(/[- ]/g, '').length === 12 : /^\d{6}$/.test(code);
  return (
    <Sheet
      title="请再验证一次"
      open
      onClose={() => onAnswer(false)}
      foot={
        <Button look="main" busy={busy} disabled={!ready} onPress={() => void show()}>
          验证
        </Button>
      }
    >
      <Field
        key={recovery ? 'recovery' : 'code'}
        label={recovery ? '恢复码' : '6 位验证码'}
        hint={recovery ? '设置时抄下的十个之一，用过就作废' : '打开手机上的验证器，看“三单”那一行现在显示的数字'}
        kind={recovery ? 'text' : 'number'}
        maxLength={recovery ? 14 : 6}
        value={code}
        onChange={setCode}
        error={trouble}
      />
      {recovery && (
        <View className="field__hint">
          恢复码也没有了，请上一级管理员在“人员任职”里替您清除二次验证；县里的管理员，请运维人员在服务器上运行 npm run
          admin:create。
        </View>
      )}
      <View className="second-factor__other">
        <Button look="text" onPress={swap}>
          {recovery ? '改用验证码' : '手机不在身边，用恢复码'}
        </Button>
      </View>
    </Sheet>
  );
}
