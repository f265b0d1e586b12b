import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { platform } from '../../../../lib/platform/platform';
import { Button } from '../../../../ui/button';
import { Sheet } from '../../../../ui/sheet';
import { numbersIn } from './place-draft';
import type { QuestionProps } from './place-form';

/** Where life or law is at stake: the number to call comes first, and has to be seen before the order goes out. */
export function NoticeSheet({ fields, asked: { category }, missing, onChange }: QuestionProps) {
  const { id, notice } = category;
  const unread = notice !== null && fields.noticeRead !== id;
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(unread), [unread, id]);
  if (notice === null) return null;
  const read = () => {
    onChange({ noticeRead: id });
    setOpen(false);
  };
  return (
    <>
      <View className="notice">
        <View className="notice__words">{notice}</View>
        <Calls notice={notice} />
        {unread && (
          <Button look="plain" onPress={read}>
            看完了
          </Button>
        )}
        {missing.notice && <View className="field__error">{missing.notice}</View>}
      </View>
      <Sheet
        title="先看这一句"
        open={open}
        onClose={() => setOpen(false)}
        foot={
          <Button look="main" onPress={read}>
            看完了，接着点单
          </Button>
        }
      >
        <View className="notice__words notice__words--large">{notice}</View>
        <Calls notice={notice} />
      </Sheet>
    </>
  );
}

const Calls = ({ notice }: { notice: string }) => (
  <View className="notice__calls">
    {numbersIn(notice).map((number) => (
      <Button key={number} look="plain" icon="phone" onPress={() => void platform.callPhone(number)}>
        {`打 ${number}`}
      </Button>
    ))}
  </View>
);
