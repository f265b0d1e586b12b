import { View } from '@tarojs/components';
import { useState } from 'react';
import { NoticeText } from '../../../../features/privacy/notice-text';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dayWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { NewNotice } from './new-notice';
import './index.scss';

type Notice = ReplyFrom<'privacy.notices'>['items'][number];

/** 隐私告知 by version. A new one starts from the words in force. */
export default function NoticesPage() {
  const notices = useCall('privacy.notices');
  const now = useNow();
  const [writing, setWriting] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  return (
    <Page title="隐私告知">
      <Await query={notices}>
        {({ items }) => {
          const newest = items[0];
          if (writing && newest) return <NewNotice from={newest} onDone={() => setWriting(false)} />;
          const chosen = items.find(({ version }) => version === shown) ?? newest;
          return (
            <>
              <Card bare title="各个版本">
                {items.map((notice) => (
                  <Row
                    key={notice.version}
                    title={`第 ${notice.version} 版${standing(notice)}`}
                    words={`${dayWords(notice.effectiveAt, now)}起。${notice.summary}`}
                    onPress={() => setShown(notice.version)}
                  />
                ))}
              </Card>
              <View className="notices__write">
                <Button look="main" onPress={() => setWriting(true)}>
                  写新的一版
                </Button>
              </View>
              {chosen && <NoticeText notice={chosen} />}
            </>
          );
        }}
      </Await>
    </Page>
  );
}

const standing = ({ inForce, effectiveAt }: Notice): string => {
  if (inForce) return '（现行）';
  return Date.parse(effectiveAt) > Date.now() ? '（还没生效）' : '';
};
