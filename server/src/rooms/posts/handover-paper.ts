import type { Caller } from '../../foundation/access/caller';
import { exportedBy } from '../../foundation/documents/exported-by';
import type { Cell, Paper } from '../../foundation/documents/paper';
import type { HandoverReply } from './handovers.service';

/** 交接清单: what passes from whom to whom, with places to sign (村委会组织法: within ten days). */
export const handoverPaper = (handover: HandoverReply, caller: Caller): Paper => ({
  title: `${handover.nodeName}${handover.kindName}工作交接清单`,
  lines: [
    `生效时间：${chinaTime(handover.effectiveAt)}　　十日内交接，最迟 ${handover.handBy}`,
    `状态：${handover.stateName}　　经办：${handover.by}${handover.words ? `　　${handover.words}` : ''}`,
  ],
  watermark: exportedBy(caller),
  tables: [
    {
      name: '职务',
      columns: [
        { title: '职务', width: 14, bold: true },
        { title: '移交人', width: 12 },
        { title: '接任人', width: 14 },
        { title: '移交人签字', width: 16 },
        { title: '接任人签字', width: 16 },
      ],
      groups: [
        {
          title: '一、职务',
          rows: handover.posts.map(({ post, from, to }) => [post, from, to ?? '空缺（上级代管）', '', '']),
        },
      ],
    },
    {
      name: '事项',
      columns: [
        { title: '事项', width: 18, bold: true },
        { title: '数量', width: 8 },
        { title: '说明', width: 36, words: true },
        { title: '核对', width: 10 },
      ],
      groups: [
        {
          title: '二、随职务移交的事项',
          rows: passedOn(handover),
        },
        // What the system does not know of is written in by hand: the law names these.
        {
          title: '三、公章、账目、资产、档案（手写）',
          rows: ['公章', '财务账目和债权债务', '集体资产', '档案资料', '其他'].map((what) => [what, '', '', '']),
        },
      ],
    },
  ],
  signature: ['监交人签字：　　　　　　　　', '日期：　　　　年　　月　　日'],
  foot: handover.warnings.length > 0 ? handover.warnings.join('　') : null,
  size: 'A4',
});

/** That there is nothing is an answer, too: it is signed for. */
function passedOn({ lines }: HandoverReply): Cell[][] {
  const counted = lines.filter(({ count }) => count !== null);
  if (counted.length === 0) return [['没有在办的事项', 0, '', '']];
  return counted.map(({ what, words, count }) => [what, count, words, '']);
}

const chinaTime = (iso: string): string =>
  new Date(Date.parse(iso) + 8 * 60 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
