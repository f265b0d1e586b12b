import type { BaseEventOrig } from '@tarojs/components';
import { platform } from '../../../../lib/platform/platform';
import { reasonOf, refusalWords, type Failure } from '../../../../lib/platform/refusal-reason';
import { Button } from '../../../../ui/button';
import { WechatButton } from '../../../../ui/wechat-button';

interface FaceChoiceProps {
  readonly busy: boolean;
  readonly onChoose: (address: string) => Promise<void>;
  /** Nothing was chosen, and this is why. */
  readonly onRefused: (words: string) => void;
}

/** WeChat offers the own picture there by a button of its own, and checks whatever else is chosen (wechat.md §10.1). */
export const FaceChoice = (props: FaceChoiceProps) =>
  process.env.TARO_ENV === 'h5' ? <InBrowser {...props} /> : <InWechat {...props} />;

function InWechat({ busy, onChoose, onRefused }: FaceChoiceProps) {
  const take = ({ detail }: BaseEventOrig<Failure & { avatarUrl?: string }>) => {
    if (detail.avatarUrl !== undefined) return void onChoose(detail.avatarUrl);
    // No reason: changed his mind, or WeChat did not let the picture pass, and has said so itself.
    const reason = reasonOf(detail);
    if (reason) onRefused(refusalWords(reason, { what: '用头像', instead: '没有头像也一样办事' }));
  };
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
