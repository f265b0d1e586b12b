import { useMutation } from '@tanstack/react-query';
import { View } from '@tarojs/components';
import type { Round } from '../../../../features/commitments/commitment';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { download } from '../../../../lib/client';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';

/** 第一步: the sheet that the server understands, with the names that may be written in it. */
export function TakeTemplate({ round }: { round: Round }) {
  const taking = useMutation({
    mutationFn: () => download('imports.template', { roundId: round.id }, `承诺导入模板${round.year}.xlsx`),
  });
  return (
    <Card title="1　下载模板">
      <View className="import__words">
        {`${round.year} 年的承诺，一行一件，用 Excel 或 WPS 填。第二张表里有党组织、类别、村组的写法。去年的表可以整列粘贴进来。`}
      </View>
      <ActTrouble error={taking.error} />
      <Button icon="download" busy={taking.isPending} onPress={() => taking.mutate()}>
        下载模板
      </Button>
    </Card>
  );
}
