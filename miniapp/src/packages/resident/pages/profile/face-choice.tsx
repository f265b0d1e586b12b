import type { BaseEventOrig } from '@tarojs/components';
import { platform } from '../../../../lib/platform/platform';
import { Button } from '../../../../ui/button';
import { WechatButton } from '../../../../ui/wechat-button';

interface FaceChoiceProps {
  readonly busy: boolean;
  readonly onChoose: (address: string) => Promise<void>;
}

/** WeChat offers the own picture there by a button of its own, and checks whatever else is chosen (wechat.md §10.1). */
export const FaceChoice = (props: FaceChoiceProps) =>
  process.env.TARO_ENV === 'h5' ? <InBrowser {...props} /> : <InWechat {...props} />;

function InWechat({ busy, onChoose }: FaceChoiceProps) {
  // No address: changed his mind, or WeChat did not let the picture pass, and has said so itself.
  const take = ({ detail }: BaseEventOrig<{ avatarUrl?: string }>) =>
    detail.avatarUrl === undefined ? undefined : void onChoose(detail.avatarUrl);
  return (
    <WechatButton opens="chooseAvatar" icon="camera" short busy={busy} onChooseAvatar={take}>
      换头像
    </WechatButton>
  );
}

function InBrowser({ busy, onChoose }: FaceChoiceProps) {
  const choose = async () => {
    const [address] = await platform.choosePhotos(1);
    if (address !== undefined) await onChoose(address);
  };
  return (
    <Button short icon="camera" busy={busy} onPress={() => void choose()}>
      换头像
    </Button>
  );
}
