import { Text, View } from '@tarojs/components';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { CopyButton } from '../../../../ui/copy-button';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shown once: the server keeps hashes only. */
export const RecoveryCodes = ({ codes, onDone }: RecoveryCodesProps) => (
  <>
    <View className="second-factor__why">
      设置好了。下面是十个恢复码，手机丢了或不在身边时，用一个代替验证码。只显示这一次，请抄在纸上收好，不要拍照发给别人。
    </View>
    <Card title="恢复码">
      <View className="second-factor__codes" {...aria({ role: 'list', label: '恢复码' })}>
        {codes.map((code) => (
          <Text key={code} className="second-factor__code" selectable {...aria({ role: 'listitem' })}>
            {code}
          </Text>
        ))}
      </View>
      <View className="second-factor__copy">
        <CopyButton text={codes.join('\n')}>全部复制</CopyButton>
      </View>
    </Card>
    <View className="second-factor__go">
      <Button look="main" onPress={onDone}>
        都抄好了
      </Button>
    </View>
  </>
);
