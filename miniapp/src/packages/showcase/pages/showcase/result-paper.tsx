import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';

/** 成绩单: what was signed, to be hung up or filed. */
export function ResultPaper({ showcaseId }: { showcaseId: string }) {
  const paper = usePaper();
  const take = (format: 'pdf' | 'xlsx') => {
    const sent = { params: { showcaseId }, query: { format } };
    if (!paper.isPending) paper.mutate(() => call('papers.showcase', sent));
  };
  return (
    <>
      <ActTrouble error={paper.error} />
      <Card bare title={paper.isPending ? '正在做成绩单，请等一会儿' : '成绩单'}>
        <Row icon="file-text" title="打印成绩单" words="A3 纸，贴到公示栏" onPress={() => take('pdf')} />
        <Row icon="file-spreadsheet" title="要 Excel 的" words="存档、再算" onPress={() => take('xlsx')} />
      </Card>
    </>
  );
}
