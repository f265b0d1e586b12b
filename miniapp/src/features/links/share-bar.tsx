import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../../lib/client';
import { platform } from '../../lib/platform/platform';
import { serverAddress } from '../../lib/transport';
import { useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Sheet } from '../../ui/sheet';
import { toast } from '../../ui/toast';
import { troubleWords } from '../../ui/trouble';
import { WechatButton } from '../../ui/wechat-button';
import { useShareCard, type Linked } from './use-share-card';
import './share-bar.scss';

interface ShareBarProps {
  readonly linked: Linked;
  /** A few words: what is promised, by whom. */
  readonly title: string;
  /** What one finds behind the code: 扫一扫，看这件承诺办到哪一步. */
  readonly leadsTo: string;
  readonly shareable?: boolean;
}

/** 转发 and 二维码, for what is public. */
export function ShareBar({ linked, title, leadsTo, shareable = true }: ShareBarProps) {
  useShareCard({ linked, title, shareable });
  return shareable ? <ShareButtons linked={linked} title={title} leadsTo={leadsTo} /> : null;
}

/** The buttons alone, for a sheet: the page under it calls `useShareCard` by itself. */
export function ShareButtons({ linked, title, leadsTo }: Omit<ShareBarProps, 'shareable'>) {
  const [open, setOpen] = useState(false);
  return (
    <View className="share-bar">
      <SendOn linked={linked} title={title} />
      <Button short icon="qr-code" onPress={() => setOpen(true)}>
        二维码
      </Button>
      {open && <CodeSheet linked={linked} title={title} leadsTo={leadsTo} onClose={() => setOpen(false)} />}
    </View>
  );
}

/** WeChat sends on only by a button of its own; a browser by the phone, or by an address to paste. */
function SendOn({ linked, title }: Pick<ShareBarProps, 'linked' | 'title'>) {
  const [busy, setBusy] = useState(false);
  const { sendLink } = platform;
  if (sendLink === null) {
    return (
      <WechatButton opens="share" icon="send" short>
        转发
      </WechatButton>
    );
  }
  const send = async () => {
    setBusy(true);
    try {
      const { address } = await call('links.give', { params: linked });
      if ((await sendLink(title, serverAddress(address))) === 'copied') toast('网址复制好了，贴到聊天里就行');
    } catch (error) {
      toast(troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button short icon="send" busy={busy} onPress={() => void send()}>
      转发
    </Button>
  );
}

/** The code large enough to be scanned from the screen, or saved for a notice board. */
function CodeSheet({ linked, title, leadsTo, onClose }: Omit<ShareBarProps, 'shareable'> & { onClose: () => void }) {
  // Asking for a code changes nothing that anybody sees: it is read like everything else.
  const query = useCall('links.code', { params: linked });
  const save = async (image: string) => {
    try {
      if (await platform.savePicture(serverAddress(image), title)) toast('保存好了');
    } catch (error) {
      toast(troubleWords(error));
    }
  };
  const image = query.data?.image;
  return (
    <Sheet
      title="二维码"
      open
      onClose={onClose}
      foot={
        image !== undefined && (
          <Button look="main" onPress={() => void save(image)}>
            {platform.kind === 'wechat' ? '保存到相册' : '保存图片'}
          </Button>
        )
      }
    >
      <Await query={query} rows={1}>
        {(code) => (
          <View className="code">
            <Image className="code__picture" src={serverAddress(code.image)} mode="scaleToFill" showMenuByLongpress />
            <View className="code__title">{title}</View>
            <View className="code__words">{leadsTo}</View>
          </View>
        )}
      </Await>
    </Sheet>
  );
}
