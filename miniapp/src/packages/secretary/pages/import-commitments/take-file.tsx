import { useMutation } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { uploadSheet } from '../../../../lib/client';
import { newId } from '../../../../lib/ids';
import { platform } from '../../../../lib/platform/platform';
import { queries } from '../../../../lib/query';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ProgressBar } from '../../../../ui/progress-bar';

interface TakeFileProps {
  readonly roundId: string;
  /** What was uploaded last; empty before. */
  readonly fileName: string;
  readonly onTaken: (importId: string, fileName: string) => void;
}

const whereFrom =
  platform.kind === 'wechat'
    ? '先把填好的表格发到微信聊天里（可以发给文件传输助手），再从聊天里选。'
    : '选填好的 .xlsx 文件，5 MB 以内，最多 5000 行。';

/** An .xls is let in, so that the server can say how to help oneself. */
const endings = ['xlsx', 'xls'];

/** 第二步: the file goes up and is looked through; nothing is imported yet. */
export function TakeFile({ roundId, fileName, onTaken }: TakeFileProps) {
  const [sent, setSent] = useState<number | null>(null);
  const taking = useMutation({
    mutationFn: async () => {
      const file = await platform.chooseSheet(endings);
      if (!file) return;
      setSent(0);
      const found = await uploadSheet({ roundId, importId: newId() }, file, setSent);
      queries.setQueryData(['imports.read', found.id], found);
      onTaken(found.id, file.name);
    },
    onSettled: () => setSent(null),
  });
  const { file: missing } = fieldErrors(taking.error);
  return (
    <Card title="2　选文件">
      <View className="import__words">{fileName ? `已选：${fileName}` : whereFrom}</View>
      {sent !== null && (
        <View className="import__progress">
          <ProgressBar percent={sent} words={sent < 100 ? `上传 ${sent}%` : '正在检查……'} />
        </View>
      )}
      <ActTrouble error={taking.error} />
      {missing && <View className="import__missing">{missing}</View>}
      <Button look={fileName ? 'plain' : 'main'} icon="file-up" busy={taking.isPending} onPress={() => taking.mutate()}>
        {fileName ? '换一个文件' : '选文件检查'}
      </Button>
    </Card>
  );
}
