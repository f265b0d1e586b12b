import { View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../../lib/client';
import type { ReplyFrom } from '../../lib/endpoints';
import { platform } from '../../lib/platform/platform';
import { useCall } from '../../lib/use-call';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { PickRow } from '../../ui/pick-row';
import { Sheet } from '../../ui/sheet';
import { ActTrouble } from '../orders/act-sheet';
import type { Round } from './commitment';
import { usePaper } from './use-paper';
import './notice-sheet.scss';

type Notice = ReplyFrom<'papers.notices'>['items'][number];

interface NoticeSheetProps {
  readonly round: Pick<Round, 'id' | 'year'>;
  readonly onClose: () => void;
}

/** 公示表 of a branch, a village or the town: to be printed on A3 and hung up, or as a workbook. */
export function NoticeSheet({ round, onClose }: NoticeSheetProps) {
  const query = useCall('papers.notices', { params: { roundId: round.id } });
  const [picked, setPicked] = useState<string | null>(null);
  const pdf = usePaper();
  const workbook = usePaper();
  const notices = query.data?.items ?? [];
  const organizationId = picked ?? notices[0]?.organizationId ?? null;
  const open = (paper: typeof pdf, format: 'pdf' | 'xlsx') => {
    if (organizationId === null) return;
    const sent = { params: { roundId: round.id, organizationId }, query: { format } };
    paper.mutate(() => call('papers.notice', sent));
  };
  const busy = pdf.isPending || workbook.isPending;
  return (
    <Sheet
      title={`${round.year} 年双向承诺公示表`}
      open
      onClose={onClose}
      foot={
        organizationId !== null && (
          <>
            <ActTrouble error={pdf.error ?? workbook.error} />
            <Button look="main" icon="file-text" busy={pdf.isPending} disabled={busy} onPress={() => open(pdf, 'pdf')}>
              {pdfWords}
            </Button>
            <Button look="plain" busy={workbook.isPending} disabled={busy} onPress={() => open(workbook, 'xlsx')}>
              要 Excel 的
            </Button>
          </>
        )
      }
    >
      <Await query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <View>还没有公示的承诺。亮诺以后，这里就有公示表。</View>
          ) : (
            <>
              <View className="notice-sheet__how">{howWords}</View>
              <NoticeChoice notices={items} value={organizationId} onChange={setPicked} />
            </>
          )
        }
      </Await>
    </Sheet>
  );
}

const inWechat = platform.kind === 'wechat';
const pdfWords = inWechat ? '打开公示表' : '下载公示表';
const howWords = inWechat
  ? '打开以后点右上角，转发到电脑上打印。A3 纸横着打，贴到公示栏。'
  : 'A3 纸横着打印，贴到公示栏。没有 A3 纸，打印时选“适合纸张大小”。';

interface NoticeChoiceProps {
  readonly notices: readonly Notice[];
  readonly value: string | null;
  readonly onChange: (organizationId: string) => void;
}

/** One's own branch and village first; the others on request. */
function NoticeChoice({ notices, value, onChange }: NoticeChoiceProps) {
  const near = notices.filter((notice) => notice.near);
  const [all, setAll] = useState(near.length === 0);
  const shown = all ? notices : near;
  return (
    <>
      <Card bare>
        <View {...aria({ role: 'radiogroup', label: '哪个党组织' })}>
          {shown.map(({ organizationId, name, deeds }) => (
            <PickRow
              key={organizationId}
              title={name}
              words={`公示了 ${deeds} 件`}
              chosen={organizationId === value}
              onPress={() => onChange(organizationId)}
            />
          ))}
        </View>
      </Card>
      {shown.length < notices.length && (
        <Button look="text" onPress={() => setAll(true)}>
          {`别的党组织（${notices.length - shown.length}）`}
        </Button>
      )}
    </>
  );
}
